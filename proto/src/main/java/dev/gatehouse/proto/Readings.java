package dev.gatehouse.proto;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.TrafficCause;
import java.security.cert.CertificateException;
import java.time.DateTimeException;
import java.util.function.Supplier;

/** Turns what cannot be read into one failure. */
final class Readings {
    private Readings() {}

    static <T> T read(String what, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw unreadable(what, String.valueOf(e.getMessage()));
        }
    }

    static FailureException unreadable(String what, String detail) {
        return TrafficCause.INTERNAL
                .with("detail", "a message between control and a node cannot be read: " + what + ": " + detail)
                .asException();
    }

    static FailureException unreadable(String what, CertificateException cause) {
        return unreadable(what, String.valueOf(cause.getMessage()));
    }
}
