package dev.gatehouse.proxy.filter;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.snapshot.SnapshotSource;
import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.identity.RevokedCallers;
import java.util.Optional;

/** Sets who an exchange is for. */
final class Callers {
    private Callers() {}

    /**
     * Names the caller, and refuses one that was revoked. In this order, and against the newest snapshot: a revocation either finds the exchange
     * by its caller, or is seen here.
     *
     * @return whether the exchange goes on
     */
    static boolean admit(Exchange exchange, Caller caller, SnapshotSource snapshots) {
        exchange.facts().caller(caller);
        Optional<Failure> revoked =
                RevokedCallers.refusal(caller, snapshots.current().revocations());
        revoked.ifPresent(exchange::refuse);
        return revoked.isEmpty();
    }

    /** Who the exchange is for; empty on public pages. */
    static Optional<Principal> principal(Exchange exchange) {
        return exchange.facts().caller().map(Caller::principal);
    }
}
