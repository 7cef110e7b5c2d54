package dev.gatehouse.app.agent;

import java.io.ByteArrayOutputStream;

/** The little of DER (X.690, section 10) that a certificate request is made of. */
final class Der {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int SEQUENCE = 0x30;
    /** Context-specific, constructed, number 0. */
    static final int CONTEXT_0 = 0xa0;

    private static final int SHORT_LENGTH_MAX = 0x7f;
    private static final int LONG_FORM = 0x80;
    private static final int BYTE = 8;

    private Der() {}

    /** One value: its tag, its length, and {@code parts} one after the other. */
    static byte[] value(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        writeLength(out, content.size());
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length <= SHORT_LENGTH_MAX) {
            out.write(length);
            return;
        }
        int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + BYTE - 1) / BYTE;
        out.write(LONG_FORM | bytes);
        for (int shift = (bytes - 1) * BYTE; shift >= 0; shift -= BYTE) {
            out.write(length >>> shift);
        }
    }
}
