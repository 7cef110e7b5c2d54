package dev.gatehouse.proto;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Times and durations on the wire. */
public final class TimeMapping {
    private TimeMapping() {}

    /** The moment as a message. */
    public static Timestamp toMessage(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    /**
     * The moment in {@code message}.
     *
     * @throws dev.gatehouse.core.cause.FailureException where it is out of range
     */
    public static Instant fromMessage(Timestamp message) {
        return Readings.read("time", () -> Instant.ofEpochSecond(message.getSeconds(), message.getNanos()));
    }

    /** The duration as a message. */
    public static Duration toMessage(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }

    /**
     * The duration in {@code message}.
     *
     * @throws dev.gatehouse.core.cause.FailureException where it is out of range
     */
    public static java.time.Duration fromMessage(Duration message) {
        return Readings.read("duration", () -> java.time.Duration.ofSeconds(message.getSeconds(), message.getNanos()));
    }
}
