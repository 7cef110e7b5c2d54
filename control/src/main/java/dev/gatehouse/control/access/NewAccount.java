package dev.gatehouse.control.access;

import java.util.Optional;
import java.util.Set;

/**
 * What a new account is to be.
 *
 * @param name lower-case letters, digits and dashes
 * @param groups local groups, without {@link Account#ADMINISTRATORS}
 * @param password empty for one that signs in with tokens only
 * @param administrator whether it may administer the installation
 */
public record NewAccount(String name, Set<String> groups, Optional<String> password, boolean administrator) {
    public NewAccount {
        groups = Set.copyOf(groups);
    }

    @Override
    public String toString() {
        return "NewAccount[" + name + "]";
    }
}
