package dev.gatehouse.app.transport;

import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.snapshot.TrustBundle;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who a peer is, by its X.509-SVID (X509-SVID, sections 2 and 5). */
public final class PeerIdentity {
    /** GeneralName's tag of a URI (RFC 5280, section 4.2.1.6). */
    private static final int URI_NAME = 6;

    private static final int KEY_CERT_SIGN = 5;

    private PeerIdentity() {}

    /** The SPIFFE ID of a chain that {@code bundle} vouches for now. */
    static SpiffeId verified(List<X509Certificate> chain, TrustBundle bundle) throws CertificateException {
        try {
            Set<TrustAnchor> anchors = new HashSet<>();
            bundle.authorities().forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the chain does not hold: " + e.getMessage(), e);
        }
        X509Certificate leaf = chain.getFirst();
        boolean[] usage = leaf.getKeyUsage();
        if (leaf.getBasicConstraints() >= 0 || (usage != null && usage[KEY_CERT_SIGN])) {
            throw new CertificateException("a CA certificate is no SVID");
        }
        SpiffeId id = of(leaf).orElseThrow(() -> new CertificateException("it names no single SPIFFE ID"));
        if (!id.trustDomain().equals(bundle.trustDomain())) {
            throw new CertificateException(id + " is of a foreign trust domain");
        }
        return id;
    }

    /** The one URI name of {@code leaf}; empty where it has none, several, or one that is no SPIFFE ID. Verifies nothing. */
    public static Optional<SpiffeId> of(X509Certificate leaf) {
        try {
            Collection<List<?>> names = leaf.getSubjectAlternativeNames();
            List<String> uris = names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.get(0) instanceof Integer tag && tag == URI_NAME)
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
            return uris.size() == 1 ? SpiffeId.parse(uris.getFirst()) : Optional.empty();
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }
}
