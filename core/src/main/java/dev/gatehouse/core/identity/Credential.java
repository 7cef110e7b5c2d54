package dev.gatehouse.core.identity;

/** What a client sent to prove who it is. Its secret never appears in {@code toString}. */
public sealed interface Credential {
    /** Name and secret of HTTP Basic (RFC 7617). The secret is an access token of ours, or a local account's password. */
    record Basic(String username, String secret) implements Credential {
        @Override
        public String toString() {
            return "Basic[" + username + "]";
        }
    }

    /** A Bearer token (RFC 6750). */
    record Bearer(String token) implements Credential {
        @Override
        public String toString() {
            return "Bearer";
        }
    }
}
