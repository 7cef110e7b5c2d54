package dev.gatehouse.core.http;

import dev.gatehouse.core.cause.Failure;
import java.util.Map;
import java.util.Optional;

/** The outcome of {@link Query#parse}. */
public sealed interface ParsedQuery {
    /**
     * Read.
     *
     * @param values decoded, by name, in their order
     */
    record Parameters(Map<String, String> values) implements ParsedQuery {
        /** The value called {@code name}. */
        public Optional<String> get(String name) {
            return Optional.ofNullable(values.get(name));
        }
    }

    /**
     * Refused.
     *
     * @param failure what is wrong with it
     */
    record Malformed(Failure failure) implements ParsedQuery {}
}
