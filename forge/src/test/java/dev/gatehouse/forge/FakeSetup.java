package dev.gatehouse.forge;

import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.forge.page.SetupClaims;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A control with one link, whose secret is {@code the-code}. */
final class FakeSetup implements SetupClaims {
    private final List<String> administrators = new CopyOnWriteArrayList<>();

    @Override
    public void claim(String secret, String account, String password) {
        if (!secret.equals("the-code") || !administrators.isEmpty()) {
            throw StartCause.LINK_USED.with().asException();
        }
        if (!account.matches("[a-z]+")) {
            throw StartCause.ACCOUNT_NAME_INVALID
                    .with("account", account, "detail", "letters")
                    .asException();
        }
        administrators.add(account + " with " + password);
    }

    List<String> administrators() {
        return List.copyOf(administrators);
    }
}
