package dev.gatehouse.control.distribution;

import java.util.Locale;
import java.util.Optional;

/** The kinds of resources. Each has versions of its own. */
public enum ResourceKind {
    POLICY,
    ROUTES,
    PEERS,
    BUNDLE,
    REVOCATIONS;

    /** As a node asks for it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind called {@code label}; empty where this version knows none. */
    public static Optional<ResourceKind> parse(String label) {
        for (ResourceKind kind : values()) {
            if (kind.label().equals(label)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
