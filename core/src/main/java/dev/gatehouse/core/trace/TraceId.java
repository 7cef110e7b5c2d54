package dev.gatehouse.core.trace;

import java.util.HexFormat;
import java.util.Optional;

/**
 * A W3C trace ID: 16 bytes, not all zero (Trace Context, section 3.2.2.3).
 *
 * @param high the first 8 bytes
 * @param low the last 8 bytes
 */
public record TraceId(long high, long low) {
    private static final int HEX_LENGTH = 32;

    /** @throws IllegalArgumentException where both halves are zero */
    public TraceId {
        if (high == 0 && low == 0) {
            throw new IllegalArgumentException("a trace ID must not be zero");
        }
    }

    /** The ID written as 32 lower-case hex digits; empty where it is not one. */
    public static Optional<TraceId> parse(String hex) {
        if (hex.length() != HEX_LENGTH || !Hex.isLowerCase(hex, 0, HEX_LENGTH)) {
            return Optional.empty();
        }
        long high = HexFormat.fromHexDigitsToLong(hex, 0, 16);
        long low = HexFormat.fromHexDigitsToLong(hex, 16, 32);
        return high == 0 && low == 0 ? Optional.empty() : Optional.of(new TraceId(high, low));
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
