package dev.gatehouse.proxy.filter;

import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.proxy.exchange.Peer;
import dev.gatehouse.proxy.identity.TestIdentities;
import dev.gatehouse.proxy.tls.Svid;
import java.time.Instant;

/** Other ends of connections to test with. */
final class TestPeers {
    static final Instant NOW = TestIdentities.NOW;

    private TestPeers() {}

    static Svid svid(SpiffeId id) {
        return TestIdentities.svid(id);
    }

    static Peer.Verified peer(Svid svid) {
        return TestIdentities.peer(svid);
    }

    static Peer.Verified verified(String path) {
        return peer(svid(TestRules.DOMAIN.id(path)));
    }
}
