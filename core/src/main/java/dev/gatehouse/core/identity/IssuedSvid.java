package dev.gatehouse.core.identity;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An X.509-SVID as the authority hands it out (X509-SVID, section 3).
 *
 * @param id whose
 * @param chain the leaf first, then intermediates, without the root
 * @param authorities the roots of the leaf's own trust domain, at least one
 * @param privateKey only where the authority made the key; empty where the holder has it already
 */
public record IssuedSvid(
        SpiffeId id, List<X509Certificate> chain, List<X509Certificate> authorities, Optional<PrivateKey> privateKey) {
    /** @throws IllegalArgumentException where there is no leaf */
    public IssuedSvid {
        chain = List.copyOf(chain);
        authorities = List.copyOf(authorities);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("an SVID without a certificate: " + id);
        }
    }

    /** The certificate that carries {@link #id()}. */
    public X509Certificate leaf() {
        return chain.getFirst();
    }

    /** When the leaf stops counting. */
    public Instant notAfter() {
        return leaf().getNotAfter().toInstant();
    }

    /** The leaf's serial number in lower-case hex: what is recorded and revoked. */
    public String serial() {
        return leaf().getSerialNumber().toString(16);
    }

    @Override
    public String toString() {
        return "IssuedSvid[" + id + ", serial " + serial() + ", until " + notAfter() + "]";
    }
}
