package dev.gatehouse.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that ends early, as when a client goes away. */
final class LimitedBody extends FilterInputStream {
    private int left;

    LimitedBody(InputStream in, int bytes) {
        super(in);
        left = bytes;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = super.read(target, from, Math.min(left, length));
        left -= Math.max(count, 0);
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
}
