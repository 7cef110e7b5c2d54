package dev.gatehouse.core.git;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the text of a pkt-line. */
final class Lines {
    private Lines() {}

    /** The text without one trailing LF; empty where it is not UTF-8. Leaves the payload as it is. */
    static Optional<String> text(ByteBuffer payload) {
        ByteBuffer bytes = payload.duplicate();
        if (bytes.hasRemaining() && bytes.get(bytes.limit() - 1) == '\n') {
            bytes.limit(bytes.limit() - 1);
        }
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    /** Whether the payload starts with the ASCII text {@code prefix}. Allocates nothing. */
    static boolean startsWith(ByteBuffer payload, String prefix) {
        if (payload.remaining() < prefix.length()) {
            return false;
        }
        int from = payload.position();
        for (int i = 0; i < prefix.length(); i++) {
            if (payload.get(from + i) != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** How many lower-case hex digits stand at {@code offset} after the payload's position. Allocates nothing. */
    static int hexDigits(ByteBuffer payload, int offset) {
        int from = payload.position() + offset;
        int at = from;
        while (at < payload.limit() && isLowerHex(payload.get(at))) {
            at++;
        }
        return Math.max(0, at - from);
    }

    /** Whether the line ends at {@code offset} after the payload's position, with or without an LF. */
    static boolean endsAt(ByteBuffer payload, int offset) {
        int left = payload.remaining() - offset;
        return left == 0 || (left == 1 && payload.get(payload.limit() - 1) == '\n');
    }

    /** Whether {@code text} has a control character in it. */
    static boolean hasControl(String text) {
        return text.chars().anyMatch(c -> c < 0x20 || c == 0x7f);
    }

    private static boolean isLowerHex(byte letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
    }
}
