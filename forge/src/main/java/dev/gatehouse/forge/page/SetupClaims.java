package dev.gatehouse.forge.page;

/** Whoever can make the first administrator from a link that was printed. Safe for all threads; it blocks. */
@FunctionalInterface
public interface SetupClaims {
    /**
     * Uses the link up.
     *
     * @param secret what stands behind {@code #} in the link
     * @param account what the administrator will be called
     * @param password the administrator's
     * @throws dev.gatehouse.core.cause.FailureException {@code LINK_USED}, or what is wrong with the name or the password; then the link still counts
     */
    void claim(String secret, String account, String password);
}
