package dev.gatehouse.proxy.identity;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.identity.Caller;

/** What one proof of identity came to. */
public sealed interface CallerIdentity {

    /** The proof holds. */
    record Established(Caller caller) implements CallerIdentity {}

    /** It does not. */
    record Refused(Failure failure) implements CallerIdentity {}
}
