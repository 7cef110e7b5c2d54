package dev.gatehouse.control.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds how often wrong passwords can be tried against one account: a bucket of attempts that refills one by one. A right password costs
 * nothing.
 *
 * <p>Design note. Threads: any; all state is guarded by this object's monitor, and nothing blocks while holding it. An attempt is taken before
 * the check and given back after a right one, so that concurrent guesses cannot slip through. Only accounts with attempts missing are held, at
 * most {@link #NAMES_MAX}: beyond that the one that was used longest ago is forgotten.
 */
final class AttemptLimiter {
    private static final int NAMES_MAX = 10_000;

    private final int attemptsMax;
    private final Duration pause;
    private final InstantSource clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    AttemptLimiter(int attemptsMax, Duration pause, InstantSource clock) {
        this.attemptsMax = attemptsMax;
        this.pause = pause;
        this.clock = clock;
    }

    /** Takes one attempt; where there is none, says how long until the next. */
    synchronized Optional<Duration> take(String name) {
        Instant now = clock.instant();
        Bucket bucket = refilled(buckets.getOrDefault(name, new Bucket(attemptsMax, now)), now);
        if (bucket.attempts() == 0) {
            return Optional.of(Duration.between(now, bucket.since().plus(pause)));
        }
        buckets.put(name, new Bucket(bucket.attempts() - 1, bucket.since()));
        if (buckets.size() > NAMES_MAX) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return Optional.empty();
    }

    /** The password was right: nothing is held against the account. */
    synchronized void forget(String name) {
        buckets.remove(name);
    }

    private Bucket refilled(Bucket bucket, Instant now) {
        long refills = Duration.between(bucket.since(), now).dividedBy(pause);
        if (bucket.attempts() + refills >= attemptsMax) {
            return new Bucket(attemptsMax, now);
        }
        return new Bucket(bucket.attempts() + (int) refills, bucket.since().plus(pause.multipliedBy(refills)));
    }

    /**
     * What one account may still try.
     *
     * @param attempts how often
     * @param since when that was counted
     */
    private record Bucket(int attempts, Instant since) {}
}
