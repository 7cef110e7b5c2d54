package dev.gatehouse.proxy.filter;

import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.http.HeaderNames;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.snapshot.SnapshotSource;
import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.exchange.Peer;
import dev.gatehouse.proxy.identity.AssertionVerifier;
import dev.gatehouse.proxy.identity.CallerIdentity;
import java.util.List;
import java.util.function.Predicate;

/**
 * At a sidecar: who the request is for, by the assertion of the verified proxy in front. The listener has let only peers in that the snapshot
 * names; without a verified one nothing is believed, whatever the listener did.
 */
final class AssertionFilter implements Filter {
    private final AssertionVerifier verifier;
    private final SnapshotSource snapshots;
    private final Predicate<Addressed> nobodyMayCall;

    /** @param nobodyMayCall which requests may come without saying who they are for */
    AssertionFilter(AssertionVerifier verifier, SnapshotSource snapshots, Predicate<Addressed> nobodyMayCall) {
        this.verifier = verifier;
        this.snapshots = snapshots;
        this.nobodyMayCall = nobodyMayCall;
    }

    @Override
    public void onRequest(Exchange exchange, Next next) {
        List<String> assertions = exchange.head().headers().getAll(HeaderNames.ASSERTION);
        exchange.head().headers().remove(HeaderNames.ASSERTION);
        if (!(exchange.downstream().peer() instanceof Peer.Verified peer)) {
            exchange.refuse(IdentityCause.PEER_CERTIFICATE_MISSING.with());
        } else if (assertions.isEmpty()) {
            withoutAssertion(exchange, next, peer);
        } else if (assertions.size() > 1) {
            exchange.refuse(IdentityCause.ASSERTION_INVALID.with(
                    "peer", peer.id().toString(), "detail", "it was sent " + assertions.size() + " times"));
        } else {
            switch (verifier.verify(assertions.getFirst(), peer)) {
                case CallerIdentity.Refused refused -> exchange.refuse(refused.failure());
                case CallerIdentity.Established(Caller caller) -> {
                    if (Callers.admit(exchange, caller, snapshots)) {
                        next.proceed();
                    }
                }
            }
        }
    }

    private void withoutAssertion(Exchange exchange, Next next, Peer.Verified peer) {
        if (nobodyMayCall.test(Attributes.required(exchange, Addressed.ATTRIBUTE))) {
            next.proceed();
        } else {
            exchange.refuse(
                    IdentityCause.ASSERTION_MISSING.with("peer", peer.id().toString()));
        }
    }
}
