package dev.gatehouse.proxy.git;

import java.nio.ByteBuffer;

/** Reads over the header of a gzip member (RFC 1952, section 2.3), byte by byte. Its optional fields are skipped, and bounded. */
final class GzipHeader {
    private static final int FIXED_BYTES = 10;
    private static final int[] MAGIC = {0x1f, 0x8b, 8};
    private static final int FLAGS_AT = 3;
    private static final int HEADER_CHECKSUM = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;
    private static final int RESERVED = 0xe0;

    /** Longer than any client writes; a header that never ends must not be read for ever. */
    private static final int LENGTH_MAX = 4096;

    private enum Part {
        FIXED,
        EXTRA_LENGTH,
        EXTRA_FIELD,
        NAME,
        COMMENT,
        CHECKSUM,
        OVER
    }

    private Part part = Part.FIXED;
    private int flags;
    private int total;
    private int inPart;
    private int extraLength;
    private boolean malformed;

    /** Takes the header's bytes from {@code input}; whether the header is over and the rest is deflate. */
    boolean read(ByteBuffer input) {
        while (part != Part.OVER && !malformed && input.hasRemaining()) {
            take(input.get() & 0xff);
            malformed |= ++total > LENGTH_MAX;
        }
        return part == Part.OVER && !malformed;
    }

    /** Whether it is no gzip header. */
    boolean malformed() {
        return malformed;
    }

    private void take(int value) {
        int at = inPart++;
        switch (part) {
            case FIXED -> fixed(at, value);
            case EXTRA_LENGTH -> {
                extraLength |= value << (8 * at);
                if (inPart == 2) {
                    enter(extraLength > 0 ? Part.EXTRA_FIELD : after(Part.EXTRA_FIELD));
                }
            }
            case EXTRA_FIELD -> {
                if (inPart == extraLength) {
                    enter(after(Part.EXTRA_FIELD));
                }
            }
            case NAME, COMMENT -> {
                if (value == 0) {
                    enter(after(part));
                }
            }
            case CHECKSUM -> {
                if (inPart == 2) {
                    enter(Part.OVER);
                }
            }
            case OVER -> throw new IllegalStateException("the header is over");
        }
    }

    private void fixed(int at, int value) {
        if (at < MAGIC.length) {
            malformed |= value != MAGIC[at];
        } else if (at == FLAGS_AT) {
            flags = value;
            malformed |= (value & RESERVED) != 0;
        }
        if (inPart == FIXED_BYTES) {
            enter(after(Part.FIXED));
        }
    }

    /** The next part that the flags announce. */
    private Part after(Part done) {
        if (done.compareTo(Part.EXTRA_LENGTH) < 0 && (flags & EXTRA) != 0) {
            return Part.EXTRA_LENGTH;
        }
        if (done.compareTo(Part.NAME) < 0 && (flags & NAME) != 0) {
            return Part.NAME;
        }
        if (done.compareTo(Part.COMMENT) < 0 && (flags & COMMENT) != 0) {
            return Part.COMMENT;
        }
        return (flags & HEADER_CHECKSUM) != 0 ? Part.CHECKSUM : Part.OVER;
    }

    private void enter(Part next) {
        part = next;
        inPart = 0;
    }
}
