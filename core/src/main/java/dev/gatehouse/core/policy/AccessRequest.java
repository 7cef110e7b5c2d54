package dev.gatehouse.core.policy;

import dev.gatehouse.core.identity.Principal;
import java.util.Optional;

/**
 * One question to the policy.
 *
 * @param principal who; empty where nobody has signed in
 * @param action what
 * @param resource to what
 */
public record AccessRequest(Optional<Principal> principal, Action action, Resource resource) {
    /** The question whether {@code principal} may do {@code action} to {@code resource}. */
    public static AccessRequest of(Principal principal, Action action, Resource resource) {
        return new AccessRequest(Optional.of(principal), action, resource);
    }
}
