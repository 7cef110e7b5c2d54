package dev.gatehouse.proxy.identity;

import dev.gatehouse.core.identity.SpiffeId;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;

/**
 * What an ingress signs assertions with: its own SVID. A new object for each renewal.
 *
 * @param id the signer
 * @param leaf the certificate that its connections to sidecars show
 * @param key the leaf's private key, on P-256
 */
public record SigningIdentity(SpiffeId id, X509Certificate leaf, ECPrivateKey key) {
    /** Without the key. */
    @Override
    public String toString() {
        return id.toString();
    }
}
