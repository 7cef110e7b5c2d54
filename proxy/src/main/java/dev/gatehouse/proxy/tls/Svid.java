package dev.gatehouse.proxy.tls;

import dev.gatehouse.core.identity.SpiffeId;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * An X.509-SVID with its key.
 *
 * @param id who
 * @param chain the leaf first, without the root
 * @param key the leaf's; never shown
 */
public record Svid(SpiffeId id, List<X509Certificate> chain, PrivateKey key) {
    /** @throws IllegalArgumentException where the chain is empty */
    public Svid {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("an SVID needs a certificate");
        }
    }

    /** The certificate that says who. */
    public X509Certificate leaf() {
        return chain.get(0);
    }

    @Override
    public String toString() {
        return id + " until " + leaf().getNotAfter().toInstant();
    }
}
