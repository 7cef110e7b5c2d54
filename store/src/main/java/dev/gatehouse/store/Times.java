package dev.gatehouse.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How times are stored: microseconds since 1970. */
public final class Times {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private Times() {}

    /** As stored. Parts of a microsecond are dropped. */
    public static long toMicros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** As it was before it was stored. */
    public static Instant fromMicros(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1000);
    }
}
