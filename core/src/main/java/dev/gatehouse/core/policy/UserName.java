package dev.gatehouse.core.policy;

import dev.gatehouse.core.identity.Principal;
import java.util.Optional;
import java.util.regex.Pattern;

/** How rules write persons: the name of a local account, or {@code issuer|subject}. */
final class UserName {
    private static final Pattern LOCAL = Pattern.compile("[A-Za-z0-9._@+-]{1,255}");
    private static final Pattern FULL = Pattern.compile("[^|\\s\\p{Cntrl}]{1,255}\\|[^\\s\\p{Cntrl}]{1,255}");

    private UserName() {}

    /** The key of the person written as {@code text}; empty where it is none. */
    static Optional<String> parse(String text) {
        if (LOCAL.matcher(text).matches()) {
            return Optional.of(Principal.Person.LOCAL + "|" + text);
        }
        return FULL.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    static String problem(String text) {
        return "'" + text + "' is not a user: write the name of a local account, or issuer|subject";
    }
}
