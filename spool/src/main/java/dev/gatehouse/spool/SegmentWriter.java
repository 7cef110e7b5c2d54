package dev.gatehouse.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The segment files, as the one thread that writes them sees them: appends frames to the newest, begins a new one, cuts back after an error, and
 * removes the oldest.
 */
final class SegmentWriter implements Closeable {
    private static final int BUFFER_BYTES = 1 << 20;

    private final SpoolStorage storage;
    private final JournalId journal;
    private final int segmentBytes;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    /** All segments, the oldest first; the last is being written. */
    private final Deque<Segment> segments = new ArrayDeque<>();

    private SpoolStorage.Output output;
    private long written;
    private long synced;

    /** Continues the last of {@code existing}, which is intact and synced up to its size. */
    SegmentWriter(SpoolStorage storage, JournalId journal, int segmentBytes, List<Segment> existing)
            throws IOException {
        this.storage = storage;
        this.journal = journal;
        this.segmentBytes = segmentBytes;
        segments.addAll(existing);
        this.output = storage.append(SegmentHeader.fileName(newest().firstSequence()));
        this.written = newest().bytes();
        this.synced = written;
    }

    /** Makes a first or next segment's file, durably; on an error nothing of it is left. */
    static SpoolStorage.Output createFile(SpoolStorage storage, SegmentHeader header) throws IOException {
        SpoolStorage.Output created = storage.create(header.fileName());
        try {
            created.write(header.encode());
            created.force();
            storage.syncDirectory();
            return created;
        } catch (IOException failed) {
            created.close();
            storage.delete(header.fileName());
            throw failed;
        }
    }

    boolean isFull() {
        return written >= segmentBytes;
    }

    void append(RecordQueue.Slot slot) throws IOException {
        append(slot.record, slot.sequence, slot.traceHigh, slot.traceLow, slot.kind);
    }

    void append(byte[] record, long sequence, long traceHigh, long traceLow, int kind) throws IOException {
        if (buffer.remaining() < Frame.HEADER_BYTES) {
            writeBuffer();
        }
        Frame.putHeader(buffer, record, sequence, traceHigh, traceLow, (int) synced, kind);
        if (record.length <= buffer.remaining()) {
            buffer.put(record);
        } else {
            writeBuffer();
            output.write(ByteBuffer.wrap(record));
        }
        written += Frame.HEADER_BYTES + record.length;
    }

    /** Makes all that was appended durable. */
    void force() throws IOException {
        writeBuffer();
        output.force();
        synced = written;
        Segment current = segments.removeLast();
        segments.addLast(new Segment(current.firstSequence(), synced));
    }

    /** Begins a new segment; everything was forced before. */
    void rotate(long firstSequence, long oldestOpenIntent) throws IOException {
        SpoolStorage.Output created = createFile(storage, new SegmentHeader(journal, firstSequence, oldestOpenIntent));
        output.close();
        output = created;
        segments.addLast(new Segment(firstSequence, SegmentHeader.BYTES));
        written = SegmentHeader.BYTES;
        synced = SegmentHeader.BYTES;
    }

    /** Forgets what was appended since the last {@link #force}. */
    void cutBack() throws IOException {
        buffer.clear();
        output.truncate(synced);
        output.force();
        written = synced;
    }

    /** Removes the oldest segments that hold only records before {@code keepFrom}, until they hold no more than {@code retainedBytesMax}. */
    void retain(long keepFrom, long retainedBytesMax) throws IOException {
        long kept = 0;
        for (Segment segment : segments) {
            kept += segment.bytes();
        }
        boolean removed = false;
        while (segments.size() > 1 && kept > retainedBytesMax) {
            Segment oldest = segments.removeFirst();
            if (segments.getFirst().firstSequence() > keepFrom) {
                segments.addFirst(oldest);
                break;
            }
            storage.delete(SegmentHeader.fileName(oldest.firstSequence()));
            kept -= oldest.bytes();
            removed = true;
        }
        if (removed) {
            storage.syncDirectory();
        }
    }

    /** How many bytes the segments have that hold a record after {@code shippedThrough}; {@code last} is the newest record. */
    long bytesAfter(long shippedThrough, long last) {
        if (shippedThrough >= last) {
            return 0;
        }
        long total = 0;
        Segment before = segments.getFirst();
        for (Segment segment : segments) {
            if (segment.firstSequence() > shippedThrough + 1) {
                total += before.bytes();
            }
            before = segment;
        }
        return total + before.bytes();
    }

    private Segment newest() {
        return segments.getLast();
    }

    private void writeBuffer() throws IOException {
        buffer.flip();
        try {
            output.write(buffer);
        } finally {
            buffer.clear();
        }
    }

    @Override
    public void close() throws IOException {
        output.close();
    }

    /**
     * One file.
     *
     * @param firstSequence the number of its first record
     * @param bytes how much of it is synced
     */
    record Segment(long firstSequence, long bytes) {}
}
