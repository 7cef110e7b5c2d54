package dev.gatehouse.git;

import dev.gatehouse.core.cause.RepositoryCause;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a push: counts it, bounds it, and knows whether it ended by itself or the client went away. One push, one thread.
 */
final class PushBody extends InputStream {
    private static final int CHUNK_BYTES = 32 << 10;

    private final InputStream in;
    private final long bytesMax;
    private final Runnable atEnd;
    private long bytes;
    private boolean ended;
    private boolean broken;

    /** @param atEnd called when the last byte was read, once */
    PushBody(InputStream in, long bytesMax, Runnable atEnd) {
        this.in = in;
        this.bytesMax = bytesMax;
        this.atEnd = atEnd;
    }

    long bytes() {
        return bytes;
    }

    /** Whether the client went away, or its connection broke. */
    boolean isBroken() {
        return broken;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int count;
        try {
            count = in.read(target, from, length);
        } catch (IOException gone) {
            broken = true;
            throw gone;
        }
        if (count < 0) {
            if (!ended) {
                ended = true;
                atEnd.run();
            }
            return -1;
        }
        bytes += count;
        if (bytes > bytesMax) {
            throw RepositoryCause.PUSH_TOO_LARGE
                    .with("limit", Long.toString(bytesMax))
                    .asException();
        }
        return count;
    }

    /** Reads and drops what is left, within bounds: many clients read no answer before they have sent everything. */
    void drain(long atMost) {
        byte[] chunk = new byte[CHUNK_BYTES];
        long left = atMost;
        try {
            while (!ended && !broken && left > 0) {
                int count = in.read(chunk);
                if (count < 0) {
                    ended = true;
                } else {
                    bytes += count;
                    left -= count;
                }
            }
        } catch (IOException gone) {
            broken = true;
        }
    }
}
