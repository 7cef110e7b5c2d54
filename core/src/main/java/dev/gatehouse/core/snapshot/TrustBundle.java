package dev.gatehouse.core.snapshot;

import dev.gatehouse.core.identity.TrustDomain;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The CA certificates that vouch for one trust domain (SPIFFE Trust Domain and Bundle, section 4).
 *
 * @param trustDomain whose
 * @param authorities at least one
 */
public record TrustBundle(TrustDomain trustDomain, List<X509Certificate> authorities) {
    public TrustBundle {
        authorities = List.copyOf(authorities);
    }
}
