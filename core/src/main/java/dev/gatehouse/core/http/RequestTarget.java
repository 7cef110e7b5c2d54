package dev.gatehouse.core.http;

import dev.gatehouse.core.cause.Failure;
import java.util.Optional;

/** The outcome of {@link CanonicalPath#parse}. */
public sealed interface RequestTarget {
    /**
     * A path that every server reads alike.
     *
     * @param path as it came
     * @param query as it came, without the {@code ?}; empty where there was no {@code ?}
     */
    record Canonical(CanonicalPath path, Optional<String> query) implements RequestTarget {}

    /**
     * Refused: two servers could read it as two different paths.
     *
     * @param failure what is wrong with it
     */
    record NotCanonical(Failure failure) implements RequestTarget {}
}
