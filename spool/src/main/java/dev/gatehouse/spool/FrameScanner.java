package dev.gatehouse.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Walks the frames of one segment, in bulk reads. Nothing of the file is believed: lengths are bounded, numbers must rise by one, and where it is
 * asked the checksum must hold. It stops at the first frame that is not whole. One thread.
 */
final class FrameScanner implements Closeable {
    /** At most: what is shipped is read often and by a few frames, and must not cost a MiB of garbage each time. */
    private static final int WINDOW_BYTES = 1 << 20;

    private final SpoolStorage.Input input;
    private final int recordBytesMax;
    private final ByteBuffer window;
    private final CRC32C crc = new CRC32C();
    private final long size;
    /** The file position of the window's first byte. */
    private long windowStart;

    private long frame;
    private int length;
    private long sequence;
    private long nextFrame;
    private long nextSequence;

    /** Begins at the frame at {@code offset}, which must have the number {@code firstSequence}. */
    FrameScanner(SpoolStorage.Input input, long offset, long firstSequence, int recordBytesMax) throws IOException {
        this.input = input;
        this.recordBytesMax = recordBytesMax;
        this.size = input.size();
        this.window = ByteBuffer.allocate(Math.clamp(size - offset, Frame.HEADER_BYTES, WINDOW_BYTES))
                .limit(0);
        this.nextFrame = offset;
        this.nextSequence = firstSequence;
    }

    /** Goes to the next frame by its header alone; false at the end, and at a frame that is not whole. */
    boolean next() throws IOException {
        if (!load(nextFrame, Frame.HEADER_BYTES)) {
            return false;
        }
        int at = (int) (nextFrame - windowStart);
        int newLength = window.getInt(at + Frame.LENGTH_AT);
        long newSequence = window.getLong(at + Frame.SEQUENCE_AT);
        if (newSequence != nextSequence
                || newLength < 0
                || newLength > recordBytesMax
                || nextFrame + Frame.HEADER_BYTES + newLength > size) {
            return false;
        }
        frame = nextFrame;
        length = newLength;
        sequence = newSequence;
        nextFrame = frame + Frame.HEADER_BYTES + length;
        nextSequence = sequence + 1;
        return true;
    }

    /** Goes to the next frame, and checks all of it; false at the end, and at a frame that is not whole. */
    boolean nextIntact() throws IOException {
        long before = nextFrame;
        long sequenceBefore = nextSequence;
        if (next() && isIntact()) {
            return true;
        }
        nextFrame = before;
        nextSequence = sequenceBefore;
        return false;
    }

    /** Whether the frame's checksum holds. */
    boolean isIntact() throws IOException {
        load(frame, Frame.HEADER_BYTES);
        int at = (int) (frame - windowStart);
        int expected = window.getInt(at + Frame.CRC_AT);
        crc.reset();
        crc.update(window.array(), at + Frame.LENGTH_AT, Frame.HEADER_BYTES - Frame.LENGTH_AT);
        if (load(frame, Frame.HEADER_BYTES + length)) {
            at = (int) (frame - windowStart);
            crc.update(window.array(), at + Frame.HEADER_BYTES, length);
        } else {
            crc.update(record());
        }
        return (int) crc.getValue() == expected;
    }

    /** The record's bytes. */
    byte[] record() throws IOException {
        ByteBuffer record = ByteBuffer.allocate(length);
        input.read(record, frame + Frame.HEADER_BYTES);
        return record.array();
    }

    /** Makes the frame at {@code offset}, with the number {@code number}, the next. */
    void seek(long offset, long number) {
        nextFrame = offset;
        nextSequence = number;
    }

    long sequence() {
        return sequence;
    }

    int recordLength() {
        return length;
    }

    int kind() {
        return window.getInt((int) (frame - windowStart) + Frame.KIND_AT);
    }

    boolean belongsTo(long traceHigh, long traceLow) {
        int at = (int) (frame - windowStart);
        return window.getLong(at + Frame.TRACE_LOW_AT) == traceLow
                && window.getLong(at + Frame.TRACE_HIGH_AT) == traceHigh;
    }

    int synced() {
        return window.getInt((int) (frame - windowStart) + Frame.SYNCED_AT);
    }

    /** Where the frame begins. */
    long framePosition() {
        return frame;
    }

    /** Where the next frame would begin: the end of what is intact, after a false. */
    long position() {
        return nextFrame;
    }

    long nextSequence() {
        return nextSequence;
    }

    /** Whether the whole file was walked. */
    boolean atEndOfFile() {
        return nextFrame == size;
    }

    /**
     * Looks behind a broken frame for one that is intact. Used in recovery only: it tries every byte.
     *
     * @return whether an intact frame says that {@link #position()} was synced, which a crash cannot undo
     */
    boolean brokenAfterSync() throws IOException {
        long broken = nextFrame;
        long expected = nextSequence;
        long numbersPossible = (size - broken) / Frame.HEADER_BYTES;
        for (long candidate = broken + 1; candidate + Frame.HEADER_BYTES <= size; candidate++) {
            load(candidate, Frame.HEADER_BYTES);
            long number = window.getLong((int) (candidate - windowStart) + Frame.SEQUENCE_AT);
            if (number <= expected || number - expected > numbersPossible) {
                continue;
            }
            nextFrame = candidate;
            nextSequence = number;
            boolean proof = nextIntact() && load(frame, Frame.HEADER_BYTES) && synced() > broken;
            nextFrame = broken;
            nextSequence = expected;
            if (proof) {
                return true;
            }
        }
        return false;
    }

    /** Has {@code count} bytes from {@code position} in the window; false where the file or the window is shorter. */
    private boolean load(long position, int count) throws IOException {
        if (position >= windowStart && position + count <= windowStart + window.limit()) {
            return true;
        }
        if (count > window.capacity() || position + count > size) {
            return false;
        }
        window.clear();
        windowStart = position;
        input.read(window, position);
        window.flip();
        return window.limit() >= count;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
