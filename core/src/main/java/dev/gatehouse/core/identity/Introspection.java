package dev.gatehouse.core.identity;

import dev.gatehouse.core.cause.Failure;

/** What control says of a credential. */
public sealed interface Introspection {
    /** It counts, for this caller. */
    record Active(Caller caller) implements Introspection {}

    /** It does not count: unknown, expired, revoked, its account disabled; or it could not be checked. */
    record Inactive(Failure failure) implements Introspection {}
}
