package dev.gatehouse.app.role;

import dev.gatehouse.app.agent.Certified;
import dev.gatehouse.app.agent.RenewedCertificate;
import dev.gatehouse.app.transport.PeerIdentity;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.proxy.tls.Svid;
import dev.gatehouse.proxy.tls.SvidSource;
import java.security.cert.X509Certificate;

/**
 * The agent's identity as the proxy's types want it. The views of one certificate are made once, so that who compares them by identity sees a
 * change only where there is one. Safe for all threads: the views are replaced whole, and making them twice does no harm.
 */
final class NodeIdentity implements SvidSource {
    private final RenewedCertificate renewed;
    private volatile Views views;

    private record Views(Certified certified, Svid svid) {
        static Views of(Certified certified) {
            return new Views(certified, new Svid(idOf(certified.leaf()), certified.chain(), certified.key()));
        }
    }

    NodeIdentity(RenewedCertificate renewed) {
        this.renewed = renewed;
        this.views = Views.of(renewed.current());
    }

    @Override
    public Svid current() {
        return views().svid();
    }

    /** Who this node is. */
    SpiffeId id() {
        return current().id();
    }

    @Override
    public AutoCloseable onChange(Runnable listener) {
        return renewed.onChange(listener);
    }

    private Views views() {
        Certified newest = renewed.current();
        Views known = views;
        if (!known.certified().equals(newest)) {
            known = Views.of(newest);
            views = known;
        }
        return known;
    }

    private static SpiffeId idOf(X509Certificate leaf) {
        return PeerIdentity.of(leaf).orElseThrow(() -> notAnSvid("it names no single SPIFFE ID"));
    }

    private static RuntimeException notAnSvid(String detail) {
        return IdentityCause.CERTIFICATE_INVALID
                .with("peer", "this node", "detail", detail)
                .asException();
    }
}
