package dev.gatehouse.core.git;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects pkt-lines for an answer of ours, which is short. One answer, one thread. */
public final class PktLineWriter {
    /** The most content that one line holds. */
    public static final int CONTENT_BYTES_MAX = PktLineReader.LINE_BYTES_MAX - PktLineReader.HEADER_BYTES;

    private static final byte[] FLUSH = ascii("0000");
    private static final byte[] DELIMITER = ascii("0001");
    private static final byte[] RESPONSE_END = ascii("0002");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

    /** One line with this content. */
    public PktLineWriter data(byte[] content) {
        header(content.length);
        out.writeBytes(content);
        return this;
    }

    /** One line with this text and an LF, cut to fit where it is too long. */
    public PktLineWriter text(String line) {
        byte[] content = utf8(line + "\n");
        if (content.length <= CONTENT_BYTES_MAX) {
            return data(content);
        }
        return data(cut(content, CONTENT_BYTES_MAX));
    }

    /** {@code 0000}. */
    public PktLineWriter flush() {
        out.writeBytes(FLUSH);
        return this;
    }

    /** {@code 0001}. */
    public PktLineWriter delimiter() {
        out.writeBytes(DELIMITER);
        return this;
    }

    /** {@code 0002}. */
    public PktLineWriter responseEnd() {
        out.writeBytes(RESPONSE_END);
        return this;
    }

    /** {@code ERR text}: the client ends with {@code fatal: remote error: text}. The text may have several lines. */
    public PktLineWriter error(String text) {
        return data(cut(utf8("ERR " + text), CONTENT_BYTES_MAX));
    }

    /** Content on a band, in as many lines as it takes. */
    public PktLineWriter sideBand(SideBand band, byte[] content) {
        int room = CONTENT_BYTES_MAX - 1;
        for (int from = 0; from < content.length; from += room) {
            int length = Math.min(room, content.length - from);
            header(length + 1);
            out.write(band.number());
            out.write(content, from, length);
        }
        return this;
    }

    /** A line of text on a band, with an LF. */
    public PktLineWriter sideBand(SideBand band, String line) {
        return sideBand(band, utf8(line + "\n"));
    }

    /** All lines so far. */
    public byte[] toBytes() {
        return out.toByteArray();
    }

    private void header(int contentLength) {
        if (contentLength > CONTENT_BYTES_MAX) {
            throw new IllegalArgumentException("a pkt-line cannot hold " + contentLength + " bytes");
        }
        out.writeBytes(ascii(String.format("%04x", contentLength + PktLineReader.HEADER_BYTES)));
    }

    /** Cuts in front of a character, never within one. */
    private static byte[] cut(byte[] utf8, int length) {
        if (utf8.length <= length) {
            return utf8;
        }
        int end = length;
        while (end > 0 && (utf8[end] & 0xc0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(utf8, end);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
