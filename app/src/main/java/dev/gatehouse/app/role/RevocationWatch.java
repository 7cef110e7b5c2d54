package dev.gatehouse.app.role;

import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.snapshot.Revocations;
import dev.gatehouse.core.snapshot.SnapshotSource;
import dev.gatehouse.proxy.exchange.ExchangeRegistry;
import java.util.HashSet;
import java.util.Set;

/** Ends what runs with an identity that was just revoked. Called by the agent's thread alone. */
final class RevocationWatch {
    private final SnapshotSource snapshots;
    private final ExchangeRegistry registry;
    private final String signIn;
    private Revocations known = Revocations.NONE;

    private RevocationWatch(SnapshotSource snapshots, ExchangeRegistry registry, String signIn) {
        this.snapshots = snapshots;
        this.registry = registry;
        this.signIn = signIn;
    }

    /** Watches until the result is closed. */
    static AutoCloseable start(SnapshotSource snapshots, ExchangeRegistry registry, String signIn) {
        RevocationWatch watch = new RevocationWatch(snapshots, registry, signIn);
        return snapshots.onChange(watch::changed);
    }

    private void changed() {
        Revocations now = snapshots.current().revocations();
        if (now.equals(known)) {
            return;
        }
        added(known.principals(), now.principals())
                .forEach(principal -> registry.cancelByPrincipal(
                        principal, IdentityCause.REVOKED.with("principal", principal, "signIn", signIn)));
        Set<String> credentials = added(known.credentials(), now.credentials());
        if (!credentials.isEmpty()) {
            registry.cancel(
                    facts -> facts.caller()
                            .filter(caller -> credentials.contains(caller.credentialId()))
                            .isPresent(),
                    IdentityCause.REVOKED.with("principal", "this credential", "signIn", signIn));
        }
        known = now;
    }

    private static Set<String> added(Set<String> before, Set<String> after) {
        Set<String> added = new HashSet<>(after);
        added.removeAll(before);
        return added;
    }
}
