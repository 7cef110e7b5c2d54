package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.identity.SpiffeId;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Who is at the other end of a connection. */
public sealed interface Peer {
    /** Nobody that can be named: no TLS, or no client certificate. */
    record Anonymous() implements Peer {}

    /**
     * Its X.509-SVID was valid when the request came: right chain, trust domain, profile and time.
     *
     * @param id who
     * @param certificate its leaf
     */
    record Verified(SpiffeId id, X509Certificate certificate) implements Peer {}

    /**
     * It showed a certificate that does not count (only at listeners that complete the handshake all the same, so that the refusal can be read).
     *
     * @param claimed the SPIFFE ID it says, where it says one; for the record alone
     * @param chain what was shown, the leaf first
     * @param failure why it does not count
     */
    record Rejected(Optional<SpiffeId> claimed, List<X509Certificate> chain, Failure failure) implements Peer {
        public Rejected {
            chain = List.copyOf(chain);
        }
    }

    /**
     * A process on this machine, through a Unix socket, as the kernel names it (SO_PEERCRED).
     *
     * @param uid its user ID
     * @param pid its process ID
     */
    record LocalProcess(int uid, int pid) implements Peer {}
}
