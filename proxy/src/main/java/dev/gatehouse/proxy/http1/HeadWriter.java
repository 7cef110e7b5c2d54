package dev.gatehouse.proxy.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;

/** Writes heads and chunk frames. */
public final class HeadWriter {
    private static final byte[] VERSION = ascii("HTTP/1.1 ");
    private static final byte[] VERSION_LINE_END = ascii(" HTTP/1.1\r\n");
    private static final short CR_LF = '\r' << 8 | '\n';
    private static final short COLON_SPACE = ':' << 8 | ' ';
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final int CHUNK_FRAME_LENGTH_MAX = 12;

    private static final ByteBuf LAST_CHUNK = constant("0\r\n\r\n");
    private static final ByteBuf LAST_CHUNK_AFTER_DATA = constant("\r\n0\r\n\r\n");
    private static final ByteBuf CONTINUE = constant("HTTP/1.1 100 Continue\r\n\r\n");

    private HeadWriter() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static ByteBuf constant(String text) {
        byte[] bytes = ascii(text);
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes))
                .asReadOnly();
    }

    /** {@code HTTP/1.1 200 OK}. */
    public static void statusLine(ByteBuf out, int status) {
        HttpResponseStatus known = HttpResponseStatus.valueOf(status);
        out.writeBytes(VERSION);
        ByteBufUtil.copy(known.codeAsText(), out);
        out.writeByte(' ');
        out.writeCharSequence(known.reasonPhrase(), StandardCharsets.US_ASCII);
        out.writeShort(CR_LF);
    }

    /** {@code GET /path HTTP/1.1}. */
    public static void requestLine(ByteBuf out, String method, String target) {
        text(out, method);
        out.writeByte(' ');
        text(out, target);
        out.writeBytes(VERSION_LINE_END);
    }

    /** All of {@code headers}, in order. */
    public static void headers(ByteBuf out, HttpHeaders headers) {
        Iterator<Map.Entry<CharSequence, CharSequence>> lines = headers.iteratorCharSequence();
        while (lines.hasNext()) {
            Map.Entry<CharSequence, CharSequence> line = lines.next();
            header(out, line.getKey(), line.getValue());
        }
    }

    /** One header line. */
    public static void header(ByteBuf out, CharSequence name, CharSequence value) {
        text(out, name);
        out.writeShort(COLON_SPACE);
        text(out, value);
        out.writeShort(CR_LF);
    }

    /** The empty line. */
    public static void end(ByteBuf out) {
        out.writeShort(CR_LF);
    }

    /**
     * Parsed text cannot hold a line break; text of our own must not.
     *
     * @throws IllegalArgumentException where it does: a mistake of the caller's, and never to be sent
     */
    private static void text(ByteBuf out, CharSequence text) {
        if (text instanceof AsciiString parsed) {
            out.writeBytes(parsed.array(), parsed.arrayOffset(), parsed.length());
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 0x20 && c != '\t') || c == 0x7f || c > 0xff) {
                throw new IllegalArgumentException("not fit for a header: " + text);
            }
        }
        out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
    }

    /**
     * What stands before a chunk's data.
     *
     * @param first whether no chunk came before; the line that ends the chunk before is written otherwise
     */
    public static void chunkFrame(ByteBuf out, int length, boolean first) {
        if (!first) {
            out.writeShort(CR_LF);
        }
        int shift = (31 - Integer.numberOfLeadingZeros(length | 1)) / 4 * 4;
        for (; shift >= 0; shift -= 4) {
            out.writeByte(HEX[length >>> shift & 0xf]);
        }
        out.writeShort(CR_LF);
    }

    /** Room that {@link #chunkFrame} needs. */
    public static int chunkFrameLengthMax() {
        return CHUNK_FRAME_LENGTH_MAX;
    }

    /** What stands after the last chunk's data. */
    public static ByteBuf lastChunk(boolean afterData) {
        return (afterData ? LAST_CHUNK_AFTER_DATA : LAST_CHUNK).duplicate();
    }

    /** The interim response that makes a client send its body. */
    public static ByteBuf continueResponse() {
        return CONTINUE.duplicate();
    }
}
