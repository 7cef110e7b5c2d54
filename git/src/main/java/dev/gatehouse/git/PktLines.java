package dev.gatehouse.git;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.lib.AnyObjectId;

/** Collects the pkt-lines (gitprotocol-common) of long lists of refs; all else is written by core's writer, which knows no stored IDs. */
final class PktLines {
    private static final int HEADER = 4;
    private static final int HEX = 40;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream bytes;
    private final byte[] hex = new byte[HEX];

    PktLines(int capacityBytes) {
        bytes = new ByteArrayOutputStream(capacityBytes);
    }

    /** One line; an LF is added. */
    PktLines line(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        header(payload.length + 1);
        bytes.writeBytes(payload);
        bytes.write('\n');
        return this;
    }

    /** One line: an object ID, a space, text, LF. */
    PktLines line(AnyObjectId id, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        header(HEX + 1 + payload.length + 1);
        id.copyTo(hex, 0);
        bytes.write(hex, 0, HEX);
        bytes.write(' ');
        bytes.writeBytes(payload);
        bytes.write('\n');
        return this;
    }

    PktLines flush() {
        bytes.writeBytes("0000".getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    private void header(int payloadLength) {
        int length = payloadLength + HEADER;
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes.write(DIGITS[length >> shift & 0xf]);
        }
    }
}
