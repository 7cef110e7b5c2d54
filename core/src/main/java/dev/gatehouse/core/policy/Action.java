package dev.gatehouse.core.policy;

import java.util.Optional;

/** What a rule can allow or forbid. */
public enum Action {
    /** See pages, list refs, clone, fetch. */
    READ("read"),
    /** Create a ref, or move it forward. */
    PUSH("push"),
    /** Move a ref so that it loses commits. */
    FORCE_PUSH("force-push"),
    /** Create a repository. */
    CREATE("create"),
    /** Delete a ref, or where no ref is named a repository. */
    DELETE("delete"),
    /** Send requests to a service that is not Git. */
    CALL("call");

    private final String label;

    Action(String label) {
        this.label = label;
    }

    /** As it stands in {@code policy.yaml}. */
    public String label() {
        return label;
    }

    /** The action called {@code label}; empty where there is none. */
    public static Optional<Action> parse(String label) {
        for (Action action : values()) {
            if (action.label.equals(label)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
