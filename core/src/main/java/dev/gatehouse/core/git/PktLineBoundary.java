package dev.gatehouse.core.git;

import java.nio.ByteBuffer;

/**
 * Follows an answer made of pkt-lines without looking into it, so that a proxy whose upstream dies knows whether it may still add a last line.
 * One stream, one thread; allocates nothing after construction.
 */
public final class PktLineBoundary {
    /** Said of {@link #firstByte()} before any line had content. */
    public static final int NO_LINE_YET = -1;

    private int header;
    private int headerDigits;
    private int payloadLeft;
    private boolean malformed;
    private boolean flushedLast;
    private boolean contentBegins;
    private int firstByte = NO_LINE_YET;

    /** Follows {@code chunk} from its position to its limit; both stay as they are. */
    public void feed(ByteBuffer chunk) {
        int at = chunk.position();
        int limit = chunk.limit();
        while (at < limit && !malformed) {
            if (payloadLeft > 0) {
                if (contentBegins) {
                    firstByte = chunk.get(at) & 0xff;
                    contentBegins = false;
                }
                int skipped = Math.min(payloadLeft, limit - at);
                payloadLeft -= skipped;
                at += skipped;
            } else {
                digit(chunk.get(at++));
            }
        }
    }

    /** Whether a whole pkt-line has just ended, or none began. */
    public boolean atBoundary() {
        return !malformed && headerDigits == 0 && payloadLeft == 0;
    }

    /** Whether the last line was a flush: nothing may follow in most answers. */
    public boolean flushedLast() {
        return flushedLast && atBoundary();
    }

    /**
     * The first byte of the last line that had content: below 4 it is a band, and the answer is multiplexed from here on; {@link #NO_LINE_YET}
     * before any.
     */
    public int firstByte() {
        return firstByte;
    }

    private void digit(byte letter) {
        int digit = Character.digit((char) (letter & 0xff), 16);
        if (digit < 0) {
            malformed = true;
            return;
        }
        header = (header << 4) | digit;
        headerDigits++;
        if (headerDigits == PktLineReader.HEADER_BYTES) {
            malformed = header == 3 || header > PktLineReader.LINE_BYTES_MAX;
            flushedLast = header == 0;
            payloadLeft = Math.max(0, header - PktLineReader.HEADER_BYTES);
            contentBegins = payloadLeft > 0;
            header = 0;
            headerDigits = 0;
        }
    }
}
