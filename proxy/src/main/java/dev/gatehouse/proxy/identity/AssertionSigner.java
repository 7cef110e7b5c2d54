package dev.gatehouse.proxy.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.Base64URL;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.proxy.tls.Svid;
import dev.gatehouse.proxy.tls.SvidSource;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Signs who a request is for, so that a sidecar needs no second look at the credential (design, decision 6). A signature costs about 0.1 ms, so
 * one is made per caller and destination and used again until half its life is over.
 *
 * <p>Threads: all event loops of an ingress, and the thread that tells of a renewal. Two loops that miss at once sign twice, which does no harm.
 * For {@link #SETTLING} after a renewal an assertion carries the certificate along: a connection may still show the one before, or the sidecar
 * may not have met the new one yet. Later that costs bytes for nothing. Invariant: what is handed out was signed by the newest SVID.
 */
public final class AssertionSigner implements AutoCloseable {
    private static final int KEPT_MAX = 20_000;

    /** Time enough for TLS contexts of a new SVID to be made and used, on a busy machine too. */
    static final Duration SETTLING = Duration.ofSeconds(30);

    private final SvidSource svids;
    private final InstantSource clock;
    private final AutoCloseable subscription;
    private final RecentlyUsed<Key, Kept> kept = new RecentlyUsed<>(KEPT_MAX);
    private volatile Instant settled = Instant.MIN;

    private record Key(Caller caller, SpiffeId destination) {}

    private record Kept(String assertion, Svid signer, Instant until) {}

    /** @param svids the ingress's own identity, the one its connections to sidecars show */
    public AssertionSigner(SvidSource svids, InstantSource clock) {
        this.svids = svids;
        this.clock = clock;
        this.subscription = svids.onChange(() -> settled = clock.instant().plus(SETTLING));
    }

    /** Signs no more renewals in. */
    @Override
    public void close() throws Exception {
        subscription.close();
    }

    /** A signed statement to {@code destination} that its requests are for {@code caller}; good for at least half a minute, or the caller's proof. */
    public String assertionFor(Caller caller, SpiffeId destination) {
        Instant now = clock.instant();
        Svid signer = svids.current();
        Key key = new Key(caller, destination);
        Optional<Kept> found = kept.get(key);
        if (found.isPresent()
                && sameObject(found.get().signer(), signer)
                && now.isBefore(found.get().until())) {
            return found.get().assertion();
        }
        Instant issuedAt = Instant.ofEpochSecond(now.getEpochSecond());
        Instant expiresAt = earlier(issuedAt.plus(AssertionFormat.LIFETIME_MAX), caller.expiresAt());
        String assertion = sign(
                signer,
                now.isBefore(settled),
                new AssertionClaims(caller, signer.id(), destination, issuedAt, expiresAt));
        Duration half = Duration.between(issuedAt, expiresAt).dividedBy(2);
        kept.put(key, new Kept(assertion, signer, issuedAt.plus(half)));
        return assertion;
    }

    @SuppressWarnings(
            "ReferenceEquality") // a renewal makes a new object, and comparing keys on every request would not be cheap
    private static boolean sameObject(Svid a, Svid b) {
        return a == b;
    }

    private static String sign(Svid signer, boolean withChain, AssertionClaims claims) {
        Base64URL keyId = AssertionFormat.keyId(signer.leaf());
        JWSHeader.Builder header = new JWSHeader.Builder(AssertionFormat.ALGORITHM)
                .type(AssertionFormat.TYPE)
                .keyID(keyId.toString())
                .x509CertSHA256Thumbprint(keyId);
        try {
            if (withChain) {
                header.x509CertChain(AssertionFormat.chain(signer.chain()));
            }
            JWSObject jws = new JWSObject(header.build(), new Payload(claims.toJson()));
            jws.sign(new ECDSASigner(signer.key(), Curve.P_256));
            return jws.serialize();
        } catch (JOSEException | CertificateEncodingException notSigned) {
            throw new IllegalStateException("an SVID's key must be on P-256", notSigned);
        }
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
