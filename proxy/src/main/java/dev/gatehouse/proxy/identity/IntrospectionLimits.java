package dev.gatehouse.proxy.identity;

import java.time.Duration;

/**
 * The bounds of an {@link IntrospectionCache}.
 *
 * @param positiveAgeMax how long an accepted credential is believed without asking again; its own expiry and a revocation end it sooner
 * @param negativeAgeMax how long a refused one is refused without asking again
 * @param entriesMax answers kept; the one used longest ago goes first
 * @param concurrentChecksMax checks that run at control at once, for distinct credentials
 * @param waitingMax requests that wait for a check at once, those that share one included
 */
public record IntrospectionLimits(
        Duration positiveAgeMax, Duration negativeAgeMax, int entriesMax, int concurrentChecksMax, int waitingMax) {

    /** The bound of design decision 7. A revocation reaches a node faster, as a resource of its own. */
    private static final Duration POSITIVE_AGE_CEILING = Duration.ofSeconds(60);

    /** What is used where nothing is configured. */
    public static final IntrospectionLimits DEFAULT =
            new IntrospectionLimits(POSITIVE_AGE_CEILING, Duration.ofSeconds(3), 10_000, 32, 1024);

    /** @throws IllegalArgumentException where a bound is not positive, or positive answers would live longer than 60 s */
    public IntrospectionLimits {
        if (positiveAgeMax.compareTo(POSITIVE_AGE_CEILING) > 0 || positiveAgeMax.isNegative()) {
            throw new IllegalArgumentException("positive answers live at most " + POSITIVE_AGE_CEILING);
        }
        if (negativeAgeMax.isNegative() || entriesMax < 1 || concurrentChecksMax < 1 || waitingMax < 1) {
            throw new IllegalArgumentException("every bound must be positive");
        }
    }
}
