package dev.gatehouse.core.git;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Builds streams of pkt-lines for tests: each argument is a line's text, or one of the special lines as it stands. */
final class Pkts {
    static final String SHA1_A = "a".repeat(40);
    static final String SHA1_B = "b".repeat(40);
    static final String ZERO = "0".repeat(40);
    static final String SHA256_A = "a".repeat(64);

    private Pkts() {}

    static byte[] stream(String... lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String line : lines) {
            if (List.of("0000", "0001", "0002", "0003").contains(line)) {
                out.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
            } else {
                out.writeBytes(new PktLineWriter()
                        .data(line.getBytes(StandardCharsets.UTF_8))
                        .toBytes());
            }
        }
        return out.toByteArray();
    }

    static ByteBuffer buffer(String... lines) {
        return ByteBuffer.wrap(stream(lines));
    }

    static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
