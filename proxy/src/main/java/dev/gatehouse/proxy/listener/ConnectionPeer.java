package dev.gatehouse.proxy.listener;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.core.snapshot.Snapshot;
import dev.gatehouse.proxy.exchange.Downstream;
import dev.gatehouse.proxy.exchange.Peer;
import dev.gatehouse.proxy.tls.MeshTls;
import dev.gatehouse.proxy.tls.PeerCertificate;
import dev.gatehouse.proxy.tls.SvidVerdict;
import io.netty.channel.unix.PeerCredentials;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of one connection, asked again for each request: a certificate expires, a peer is struck off, a bundle changes while the
 * connection stays. On the connection's event loop.
 */
final class ConnectionPeer {
    private final Security security;
    private final @Nullable PeerCertificate certificate;
    private Downstream downstream;
    private @Nullable SvidVerdict verdict;
    private @Nullable Snapshot admittedBy;
    private Optional<Failure> refusal;

    private ConnectionPeer(
            Security security,
            @Nullable PeerCertificate certificate,
            Downstream downstream,
            Optional<Failure> refusal) {
        this.security = security;
        this.certificate = certificate;
        this.downstream = downstream;
        this.refusal = refusal;
    }

    /** A connection without TLS. */
    static ConnectionPeer plain(Security security, String address) {
        return new ConnectionPeer(
                security, null, new Downstream(address, Optional.empty(), new Peer.Anonymous()), Optional.empty());
    }

    /** A connection through a Unix socket. */
    static ConnectionPeer local(
            Security security, String address, PeerCredentials credentials, Set<Integer> allowedUids) {
        Peer peer = new Peer.LocalProcess(credentials.uid(), credentials.pid());
        Optional<Failure> refusal = allowedUids.contains(credentials.uid())
                ? Optional.empty()
                : Optional.of(TrafficCause.UNEXPECTED_CALLER.with("uid", Integer.toString(credentials.uid())));
        return new ConnectionPeer(security, null, new Downstream(address, Optional.empty(), peer), refusal);
    }

    /** A connection over TLS, {@code certificate} null where the client sent none. */
    static ConnectionPeer tls(
            Security security,
            String address,
            Downstream.TlsParameters parameters,
            @Nullable PeerCertificate certificate) {
        Optional<Failure> refusal = security instanceof Security.Mesh && certificate == null
                ? Optional.of(IdentityCause.PEER_CERTIFICATE_MISSING.with())
                : Optional.empty();
        return new ConnectionPeer(
                security, certificate, new Downstream(address, Optional.of(parameters), new Peer.Anonymous()), refusal);
    }

    /** Looks again; then {@link #downstream()} and {@link #refusal()} are of this moment. */
    @SuppressWarnings("ReferenceEquality")
    void look(Snapshot snapshot) {
        PeerCertificate shown = certificate;
        if (shown == null) {
            return;
        }
        SvidVerdict now = shown.verdict(snapshot.bundle());
        boolean same = now == verdict;
        if (!same) {
            verdict = now;
            downstream = new Downstream(downstream.address(), downstream.tls(), peer(now, shown));
        }
        if (security instanceof Security.Mesh mesh && (!same || admittedBy != snapshot)) {
            admittedBy = snapshot;
            refusal = switch (now) {
                case SvidVerdict.Valid valid -> MeshTls.admission(snapshot, mesh.service(), valid.id());
                case SvidVerdict.Invalid invalid -> Optional.of(invalid.failure());
            };
        }
    }

    private static Peer peer(SvidVerdict verdict, PeerCertificate shown) {
        return switch (verdict) {
            case SvidVerdict.Valid valid -> new Peer.Verified(valid.id(), valid.leaf());
            case SvidVerdict.Invalid invalid -> new Peer.Rejected(invalid.claimed(), shown.chain(), invalid.failure());
        };
    }

    Downstream downstream() {
        return downstream;
    }

    /** Why requests of this connection are not taken; empty where they are. */
    Optional<Failure> refusal() {
        return refusal;
    }
}
