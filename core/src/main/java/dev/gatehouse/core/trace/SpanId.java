package dev.gatehouse.core.trace;

import java.util.HexFormat;
import java.util.Optional;

/**
 * A W3C span ID: 8 bytes, not all zero (Trace Context, section 3.2.2.4).
 *
 * @param value the 8 bytes
 */
public record SpanId(long value) {
    private static final int HEX_LENGTH = 16;

    /** @throws IllegalArgumentException where it is zero */
    public SpanId {
        if (value == 0) {
            throw new IllegalArgumentException("a span ID must not be zero");
        }
    }

    /** The ID written as 16 lower-case hex digits; empty where it is not one. */
    public static Optional<SpanId> parse(String hex) {
        if (hex.length() != HEX_LENGTH || !Hex.isLowerCase(hex, 0, HEX_LENGTH)) {
            return Optional.empty();
        }
        long value = HexFormat.fromHexDigitsToLong(hex);
        return value == 0 ? Optional.empty() : Optional.of(new SpanId(value));
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(value);
    }
}
