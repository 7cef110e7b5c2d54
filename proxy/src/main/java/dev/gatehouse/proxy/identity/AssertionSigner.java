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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Signs who a request is for, so that a sidecar needs no second look at the credential (design, decision 6). A signature costs about 0.1 ms, so
 * one is made per caller and destination and used again until half its life is over.
 *
 * <p>Threads: all event loops of an ingress. The kept assertions are the only state; two loops that miss at once sign twice, which does no harm.
 * Invariant: what is handed out was signed by the identity of that moment, so nothing outlives a renewal of the SVID.
 */
public final class AssertionSigner {
    private static final int KEPT_MAX = 20_000;

    private final Supplier<Svid> identity;
    private final InstantSource clock;
    private final RecentlyUsed<Key, Kept> kept = new RecentlyUsed<>(KEPT_MAX);

    private record Key(Caller caller, SpiffeId destination) {}

    private record Kept(String assertion, Svid signer, Instant until) {}

    /** @param identity the SVID of the moment; cheap, and the same object until it is renewed */
    public AssertionSigner(Supplier<Svid> identity, InstantSource clock) {
        this.identity = identity;
        this.clock = clock;
    }

    /** A signed statement to {@code destination} that its requests are for {@code caller}; good for at least half a minute, or the caller's proof. */
    public String assertionFor(Caller caller, SpiffeId destination) {
        Svid signer = identity.get();
        Instant now = clock.instant();
        Key key = new Key(caller, destination);
        Optional<Kept> found = kept.get(key);
        if (found.isPresent()
                && sameObject(found.get().signer(), signer)
                && now.isBefore(found.get().until())) {
            return found.get().assertion();
        }
        Instant issuedAt = Instant.ofEpochSecond(now.getEpochSecond());
        Instant expiresAt = earlier(issuedAt.plus(AssertionFormat.LIFETIME_MAX), caller.expiresAt());
        String assertion = sign(signer, new AssertionClaims(caller, signer.id(), destination, issuedAt, expiresAt));
        Duration half = Duration.between(issuedAt, expiresAt).dividedBy(2);
        kept.put(key, new Kept(assertion, signer, issuedAt.plus(half)));
        return assertion;
    }

    @SuppressWarnings(
            "ReferenceEquality") // a renewal makes a new object, and comparing keys on every request would not be cheap
    private static boolean sameObject(Svid a, Svid b) {
        return a == b;
    }

    private static String sign(Svid signer, AssertionClaims claims) {
        Base64URL keyId = AssertionFormat.keyId(signer.leaf());
        JWSHeader header = new JWSHeader.Builder(AssertionFormat.ALGORITHM)
                .type(AssertionFormat.TYPE)
                .keyID(keyId.toString())
                .x509CertSHA256Thumbprint(keyId)
                .build();
        try {
            JWSObject jws = new JWSObject(header, new Payload(claims.toJson()));
            jws.sign(new ECDSASigner(signer.key(), Curve.P_256));
            return jws.serialize();
        } catch (JOSEException notSigned) {
            throw new IllegalStateException("an SVID's key must be on P-256", notSigned);
        }
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
