package dev.gatehouse.core.snapshot;

import java.util.Set;

/**
 * What no longer counts, though its own expiry has not come.
 *
 * @param principals keys of principals that are out
 * @param credentials IDs of tokens, and serial numbers of certificates
 */
public record Revocations(Set<String> principals, Set<String> credentials) {
    /** Nothing is revoked. */
    public static final Revocations NONE = new Revocations(Set.of(), Set.of());

    public Revocations {
        principals = Set.copyOf(principals);
        credentials = Set.copyOf(credentials);
    }
}
