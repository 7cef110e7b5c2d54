package dev.gatehouse.control.authority;

import java.time.Duration;

/**
 * How long what the authorities sign counts.
 *
 * @param leafLifetime of an SVID that a node asks for
 * @param leafLifetimeMax of an SVID that an operator asks for
 * @param notBeforeSkew how far the clocks of the machines may differ
 * @param intermediateLifetime of the mesh's online intermediate; it is replaced at half its life
 * @param rootLifetime of both roots
 * @param webLeafLifetime of the ingress's web certificate
 */
public record AuthoritySettings(
        Duration leafLifetime,
        Duration leafLifetimeMax,
        Duration notBeforeSkew,
        Duration intermediateLifetime,
        Duration rootLifetime,
        Duration webLeafLifetime) {
    /** What is right where nobody says otherwise. */
    public static final AuthoritySettings DEFAULTS = new AuthoritySettings(
            Duration.ofHours(24),
            Duration.ofDays(30),
            Duration.ofSeconds(30),
            Duration.ofDays(365),
            Duration.ofDays(3650),
            Duration.ofDays(90));

    /** The same, with another leaf lifetime. */
    public AuthoritySettings withLeafLifetime(Duration lifetime) {
        return new AuthoritySettings(
                lifetime, leafLifetimeMax, notBeforeSkew, intermediateLifetime, rootLifetime, webLeafLifetime);
    }
}
