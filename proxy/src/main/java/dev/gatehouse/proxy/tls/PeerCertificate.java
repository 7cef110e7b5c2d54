package dev.gatehouse.proxy.tls;

import dev.gatehouse.core.snapshot.TrustBundle;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The certificate chain that one live connection holds. An open connection outlives its certificate, so what it is worth is asked again for each
 * request: a comparison of times where nothing changed, a validation where the bundle did. On the connection's event loop.
 */
public final class PeerCertificate {
    private final List<X509Certificate> chain;
    private final X509SvidValidator validator;
    private final InstantSource clock;
    private TrustBundle bundle;
    private SvidVerdict verdict;

    /** @param bundle the one of this moment */
    public PeerCertificate(
            List<X509Certificate> chain, X509SvidValidator validator, InstantSource clock, TrustBundle bundle) {
        this.chain = List.copyOf(chain);
        this.validator = validator;
        this.clock = clock;
        this.bundle = bundle;
        this.verdict = validator.validate(chain, bundle);
    }

    /** What the chain is worth now, to one who trusts {@code current}. */
    @SuppressWarnings("ReferenceEquality")
    public SvidVerdict verdict(TrustBundle current) {
        if (current != bundle && !current.equals(bundle)) {
            verdict = validator.validate(chain, current);
        }
        bundle = current;
        if (verdict instanceof SvidVerdict.Valid valid && !clock.instant().isBefore(valid.validUntil())) {
            verdict = new SvidVerdict.Invalid(
                    Optional.of(valid.id()), X509SvidValidator.expired(valid.id(), valid.validUntil()));
        }
        return verdict;
    }

    /** What was shown, the leaf first. */
    public List<X509Certificate> chain() {
        return chain;
    }
}
