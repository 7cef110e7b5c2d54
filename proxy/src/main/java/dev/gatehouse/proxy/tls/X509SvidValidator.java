package dev.gatehouse.proxy.tls;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.snapshot.TrustBundle;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Validates X.509-SVIDs (SPIFFE X509-SVID, sections 2 to 5), strictly, whatever a TLS library made of them. Safe for all threads. */
public final class X509SvidValidator {
    /** A leaf, its intermediates: no installation needs more. */
    private static final int CHAIN_LENGTH_MAX = 6;

    private static final int SAN_TYPE_URI = 6;
    private static final int KEY_USAGE_DIGITAL_SIGNATURE = 0;
    private static final int KEY_USAGE_CERTIFICATE_SIGN = 5;
    private static final int KEY_USAGE_REVOCATION_SIGN = 6;
    private static final String KEY_USAGE_OID = "2.5.29.15";

    private final InstantSource clock;

    /** @param clock tells what is valid now */
    public X509SvidValidator(InstantSource clock) {
        this.clock = clock;
    }

    /** What {@code chain} (the leaf first) is worth to one who trusts {@code bundle}. */
    public SvidVerdict validate(List<X509Certificate> chain, TrustBundle bundle) {
        if (chain.isEmpty()) {
            return new SvidVerdict.Invalid(Optional.empty(), IdentityCause.PEER_CERTIFICATE_MISSING.with());
        }
        X509Certificate leaf = chain.get(0);
        List<String> uris;
        try {
            uris = uriNames(leaf);
        } catch (CertificateParsingException malformed) {
            return invalid(Optional.empty(), leaf, "its subject alternative names cannot be read");
        }
        Optional<SpiffeId> claimed = uris.size() == 1 ? SpiffeId.parse(uris.get(0)) : Optional.empty();
        if (claimed.isEmpty()) {
            return invalid(claimed, leaf, "it must have exactly one URI name, a SPIFFE ID, and has " + uris);
        }
        SpiffeId id = claimed.get();
        if (!id.trustDomain().equals(bundle.trustDomain())) {
            return new SvidVerdict.Invalid(
                    claimed,
                    IdentityCause.FOREIGN_TRUST_DOMAIN.with(
                            "peer", id.toString(), "ours", bundle.trustDomain().name()));
        }
        Optional<String> profile = profileFault(leaf, id);
        if (profile.isPresent()) {
            return invalid(claimed, leaf, profile.get());
        }
        return path(id, leaf, chain, bundle);
    }

    private SvidVerdict path(SpiffeId id, X509Certificate leaf, List<X509Certificate> chain, TrustBundle bundle) {
        Optional<SpiffeId> claimed = Optional.of(id);
        Instant now = clock.instant();
        Instant validUntil = leaf.getNotAfter().toInstant();
        if (!now.isBefore(validUntil)) {
            return new SvidVerdict.Invalid(claimed, expired(id, validUntil));
        }
        if (chain.size() > CHAIN_LENGTH_MAX) {
            return invalid(claimed, leaf, "its chain is longer than " + CHAIN_LENGTH_MAX);
        }
        try {
            List<X509Certificate> path = withoutAnchors(chain, bundle);
            for (X509Certificate certificate : path) {
                Instant end = certificate.getNotAfter().toInstant();
                validUntil = end.isBefore(validUntil) ? end : validUntil;
            }
            CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(path);
            Set<TrustAnchor> anchors = new HashSet<>();
            bundle.authorities().forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
            return new SvidVerdict.Valid(id, leaf, validUntil);
        } catch (CertPathValidatorException doesNotHold) {
            return invalid(claimed, leaf, String.valueOf(doesNotHold.getMessage()));
        } catch (GeneralSecurityException cannotCheck) {
            return invalid(claimed, leaf, "it cannot be checked: " + cannotCheck.getMessage());
        }
    }

    /** A root that is sent along is no part of the path; the leaf always is. */
    private static List<X509Certificate> withoutAnchors(List<X509Certificate> chain, TrustBundle bundle) {
        List<X509Certificate> path = new ArrayList<>(chain);
        while (path.size() > 1 && bundle.authorities().contains(path.get(path.size() - 1))) {
            path.remove(path.size() - 1);
        }
        return path;
    }

    private static Optional<String> profileFault(X509Certificate leaf, SpiffeId id) {
        if (id.path().isEmpty()) {
            return Optional.of("a leaf's SPIFFE ID must have a path");
        }
        if (leaf.getBasicConstraints() >= 0) {
            return Optional.of("it is a CA certificate");
        }
        boolean[] usage = leaf.getKeyUsage();
        if (usage == null || !critical(leaf) || !usage[KEY_USAGE_DIGITAL_SIGNATURE]) {
            return Optional.of("its key usage must be critical and allow digital signatures");
        }
        if (usage[KEY_USAGE_CERTIFICATE_SIGN] || usage[KEY_USAGE_REVOCATION_SIGN]) {
            return Optional.of("its key usage must not allow to sign certificates or revocation lists");
        }
        return Optional.empty();
    }

    private static boolean critical(X509Certificate leaf) {
        Set<String> critical = leaf.getCriticalExtensionOIDs();
        return critical != null && critical.contains(KEY_USAGE_OID);
    }

    private static List<String> uriNames(X509Certificate leaf) throws CertificateParsingException {
        Collection<List<?>> names = leaf.getSubjectAlternativeNames();
        if (names == null) {
            return List.of();
        }
        List<String> uris = new ArrayList<>();
        for (List<?> name : names) {
            if (name.get(0) instanceof Integer type && type == SAN_TYPE_URI) {
                uris.add(String.valueOf(name.get(1)));
            }
        }
        return uris;
    }

    static Failure expired(SpiffeId id, Instant at) {
        return IdentityCause.CERTIFICATE_EXPIRED.with("peer", id.toString(), "expired", at.toString());
    }

    private static SvidVerdict invalid(Optional<SpiffeId> claimed, X509Certificate leaf, String detail) {
        String peer = claimed.map(SpiffeId::toString)
                .orElseGet(() -> leaf.getSubjectX500Principal().getName());
        return new SvidVerdict.Invalid(claimed, IdentityCause.CERTIFICATE_INVALID.with("peer", peer, "detail", detail));
    }
}
