package dev.gatehouse.app.agent;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: twice as long each time, with jitter so that nodes do not come back together. One thread's. */
final class Backoff {
    private final Duration first;
    private final Duration last;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration first, Duration last, RandomGenerator random) {
        this.first = first;
        this.last = last;
        this.random = random;
    }

    /** After a failure: between half and all of the current step. */
    Duration next() {
        int doublings = Math.min(failures++, 20);
        long millis = Math.min(last.toMillis(), first.toMillis() << doublings);
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }

    /** After a success. */
    void reset() {
        failures = 0;
    }
}
