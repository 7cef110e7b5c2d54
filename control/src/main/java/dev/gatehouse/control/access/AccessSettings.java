package dev.gatehouse.control.access;

import java.time.Duration;

/**
 * How long proofs count, and what a check may cost.
 *
 * @param tokenLifetime of a token for which nobody names one
 * @param tokenLifetimeMax the longest that may be asked for
 * @param linkLifetime of the first administrator's link
 * @param passwordProofLifetime how long one check of a password counts
 * @param passwordHashing what a new password's hash costs
 * @param passwordChecksMax how many passwords are checked at once: each takes that much memory
 * @param passwordCheckWait how long a check waits for its turn
 * @param failedAttemptsMax so many wrong passwords of one account in a row before it has to wait
 * @param failedAttemptPause how long until one more attempt is allowed
 * @param signIn how to sign in, shown with every refusal
 */
public record AccessSettings(
        Duration tokenLifetime,
        Duration tokenLifetimeMax,
        Duration linkLifetime,
        Duration passwordProofLifetime,
        PasswordHashing passwordHashing,
        int passwordChecksMax,
        Duration passwordCheckWait,
        int failedAttemptsMax,
        Duration failedAttemptPause,
        String signIn) {
    /** What is right where nobody says otherwise. */
    public static AccessSettings defaults(String signIn) {
        return new AccessSettings(
                Duration.ofHours(1),
                Duration.ofDays(90),
                Duration.ofMinutes(15),
                Duration.ofMinutes(5),
                PasswordHashing.DEFAULT,
                4,
                Duration.ofSeconds(2),
                10,
                Duration.ofSeconds(30),
                signIn);
    }
}
