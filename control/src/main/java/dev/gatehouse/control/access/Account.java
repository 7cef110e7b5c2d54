package dev.gatehouse.control.access;

import dev.gatehouse.core.identity.Principal;
import java.util.Set;

/**
 * A local account.
 *
 * @param name never given to another
 * @param groups the local groups it is in; {@link #ADMINISTRATORS} among them for an administrator
 * @param state whether it may sign in
 * @param hasPassword whether it may sign in with a password
 */
public record Account(String name, Set<String> groups, State state, boolean hasPassword) {
    /** The group of all administrators. Nobody is put into it by name. */
    public static final String ADMINISTRATORS = "administrators";

    public Account {
        groups = Set.copyOf(groups);
    }

    /** Whether an account may sign in. */
    public enum State {
        ACTIVE("active"),
        DISABLED("disabled"),
        /** Gone, but its name is never given again. */
        DELETED("deleted");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** As it is stored and shown. */
        public String label() {
            return label;
        }

        static State of(String label) {
            for (State state : values()) {
                if (state.label.equals(label)) {
                    return state;
                }
            }
            throw new IllegalStateException("no such account state: " + label);
        }
    }

    /** Who it is to the policy. */
    public Principal.Person principal() {
        return Principal.Person.local(name, groups);
    }
}
