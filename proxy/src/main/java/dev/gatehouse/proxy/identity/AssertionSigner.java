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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signs who a request is for, so that a sidecar needs no second look at the credential (design, decision 6). A signature costs about 0.1 ms, so
 * one is made per caller and destination and used again until half its life is over.
 *
 * <p>Threads: all event loops of an ingress, and the thread that tells of a renewal. Two loops that miss at once sign twice, which does no harm.
 * A renewal takes hold {@link #SETTLING} after it came: by then new requests go over connections that show the new certificate, while the
 * sidecars know the old one from before. Invariant: what is handed out was signed by the SVID that is in use at that moment.
 */
public final class AssertionSigner implements AutoCloseable {
    private static final int KEPT_MAX = 20_000;

    /** Time enough to make a TLS context of a new SVID; far less than what the old one still has, which is half its life. */
    static final Duration SETTLING = Duration.ofSeconds(2);

    private final SvidSource svids;
    private final InstantSource clock;
    private final AutoCloseable subscription;
    private final RecentlyUsed<Key, Kept> kept = new RecentlyUsed<>(KEPT_MAX);
    private volatile Turn turn;
    private volatile @Nullable Svid lastSigner;

    private record Key(Caller caller, SpiffeId destination) {}

    private record Kept(String assertion, Svid signer, Instant until) {}

    /** From one SVID to the next. */
    private record Turn(Svid from, Svid to, Instant settled) {}

    /** @param svids the ingress's own identity, the one its connections to sidecars show */
    public AssertionSigner(SvidSource svids, InstantSource clock) {
        this.svids = svids;
        this.clock = clock;
        Svid first = svids.current();
        this.turn = new Turn(first, first, Instant.MIN);
        this.subscription = svids.onChange(this::turn);
    }

    /** Signs no more renewals in. */
    @Override
    public void close() throws Exception {
        subscription.close();
    }

    private synchronized void turn() {
        Svid newest = svids.current();
        if (!sameObject(turn.to(), newest)) {
            turn = new Turn(turn.to(), newest, clock.instant().plus(SETTLING));
        }
    }

    private Svid signer(Instant now) {
        Turn latest = turn;
        // An SVID that never signed may be unknown to the sidecars: no request has shown it to them.
        boolean settled = !now.isBefore(latest.settled())
                || !sameObject(latest.from(), lastSigner)
                || !now.isBefore(latest.from().leaf().getNotAfter().toInstant());
        return settled ? latest.to() : latest.from();
    }

    /** A signed statement to {@code destination} that its requests are for {@code caller}; good for at least half a minute, or the caller's proof. */
    public String assertionFor(Caller caller, SpiffeId destination) {
        Instant now = clock.instant();
        Svid signer = signer(now);
        Key key = new Key(caller, destination);
        Optional<Kept> found = kept.get(key);
        if (found.isPresent()
                && sameObject(found.get().signer(), signer)
                && now.isBefore(found.get().until())) {
            return found.get().assertion();
        }
        Instant issuedAt = Instant.ofEpochSecond(now.getEpochSecond());
        Instant expiresAt = earlier(issuedAt.plus(AssertionFormat.LIFETIME_MAX), caller.expiresAt());
        lastSigner = signer;
        String assertion = sign(signer, new AssertionClaims(caller, signer.id(), destination, issuedAt, expiresAt));
        Duration half = Duration.between(issuedAt, expiresAt).dividedBy(2);
        kept.put(key, new Kept(assertion, signer, issuedAt.plus(half)));
        return assertion;
    }

    @SuppressWarnings(
            "ReferenceEquality") // a renewal makes a new object, and comparing keys on every request would not be cheap
    private static boolean sameObject(Svid a, @Nullable Svid b) {
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
