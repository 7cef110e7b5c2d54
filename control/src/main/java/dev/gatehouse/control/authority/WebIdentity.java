package dev.gatehouse.control.authority;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The ingress's web certificate with its key.
 *
 * @param chain the leaf first, without the root
 * @param privateKey never written to disk
 */
public record WebIdentity(List<X509Certificate> chain, PrivateKey privateKey) {
    public WebIdentity {
        chain = List.copyOf(chain);
    }

    @Override
    public String toString() {
        return "WebIdentity[" + chain.getFirst().getSerialNumber().toString(16) + "]";
    }
}
