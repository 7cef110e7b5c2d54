package dev.gatehouse.control.access;

import dev.gatehouse.core.cause.StartCause;
import java.util.regex.Pattern;

/** What accounts and groups may be called. */
final class AccountName {
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9](-?[a-z0-9]){0,38}");
    private static final String RULE =
            "it must start and end with a letter or digit and have at most 39 characters, without two dashes in a row";

    private AccountName() {}

    static String requireAccount(String name) {
        if (!ALLOWED.matcher(name).matches()) {
            throw StartCause.ACCOUNT_NAME_INVALID
                    .with("account", name, "detail", RULE)
                    .asException();
        }
        return name;
    }

    static String requireGroup(String name) {
        if (!ALLOWED.matcher(name).matches()) {
            throw StartCause.GROUP_NAME_INVALID
                    .with("group", name, "detail", RULE)
                    .asException();
        }
        return name;
    }
}
