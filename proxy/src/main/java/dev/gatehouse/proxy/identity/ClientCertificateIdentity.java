package dev.gatehouse.proxy.identity;

import dev.gatehouse.core.identity.AuthenticationMethod;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.proxy.exchange.Peer;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Reads a workload's identity from the connection it came through. The certificate itself is judged by the listener when the request comes
 * (chain, trust domain, profile, time); a certificate that does not count is a refusal here, in HTTP, where a person can read it.
 */
public final class ClientCertificateIdentity {
    private static final int HEX = 16;

    private ClientCertificateIdentity() {}

    /** Who the connection's certificate names; empty where it showed none. */
    public static Optional<CallerIdentity> of(Peer peer) {
        return switch (peer) {
            case Peer.Anonymous anonymous -> Optional.empty();
            case Peer.LocalProcess process -> Optional.empty();
            case Peer.Rejected rejected -> Optional.of(new CallerIdentity.Refused(rejected.failure()));
            case Peer.Verified verified -> Optional.of(new CallerIdentity.Established(caller(verified)));
        };
    }

    private static Caller caller(Peer.Verified verified) {
        X509Certificate leaf = verified.certificate();
        return new Caller(
                new Principal.Workload(verified.id()),
                AuthenticationMethod.CLIENT_CERTIFICATE,
                leaf.getSerialNumber().toString(HEX),
                leaf.getNotAfter().toInstant());
    }
}
