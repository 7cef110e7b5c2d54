package dev.gatehouse.proxy.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.proxy.exchange.Peer;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks the assertions that an ingress sends: the signer must be the mTLS peer itself. A signature costs about 0.3 ms to check, so an assertion
 * that was found good is remembered by its exact bytes until it expires.
 *
 * <p>Threads: all event loops of a sidecar. Two bounded maps are the only state: assertions found good, and the certificates that verified peers
 * showed. The second exists for the moment of a renewal, when an assertion signed with the new key may come over a connection that was opened
 * with the old certificate, or the other way round. Invariant: a key counts only if its certificate was verified in a handshake, still is within
 * its time, and names the same SPIFFE ID as the connection that the assertion came through.
 */
public final class AssertionVerifier {
    private static final int KEPT_MAX = 20_000;
    private static final int CERTIFICATES_MAX = 256;
    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private final SpiffeId self;
    private final InstantSource clock;
    private final RecentlyUsed<String, Good> good = new RecentlyUsed<>(KEPT_MAX);
    private final RecentlyUsed<String, Peer.Verified> shown = new RecentlyUsed<>(CERTIFICATES_MAX);

    private record Good(AssertionClaims claims, X509Certificate lastShown) {}

    /** @param self the SPIFFE ID of this sidecar: the only audience it believes */
    public AssertionVerifier(SpiffeId self, InstantSource clock) {
        this.self = self;
        this.clock = clock;
    }

    /** Who {@code peer} says the request is for, or {@link IdentityCause#ASSERTION_INVALID}. */
    public CallerIdentity verify(String assertion, Peer.Verified peer) {
        Instant now = clock.instant();
        Optional<Good> known = good.get(assertion);
        try {
            if (known.isEmpty() || !known.get().lastShown().equals(peer.certificate())) {
                shown.put(AssertionFormat.keyId(peer.certificate()).toString(), peer);
            }
            AssertionClaims claims = known.isPresent() ? known.get().claims() : readSigned(assertion, peer, now);
            check(claims, peer, now);
            if (known.isEmpty() || !known.get().lastShown().equals(peer.certificate())) {
                good.put(assertion, new Good(claims, peer.certificate()));
            }
            return new CallerIdentity.Established(claims.caller());
        } catch (NotBelieved reason) {
            return new CallerIdentity.Refused(IdentityCause.ASSERTION_INVALID.with(
                    "peer", peer.id().toString(), "detail", String.valueOf(reason.getMessage())));
        }
    }

    private AssertionClaims readSigned(String assertion, Peer.Verified peer, Instant now) throws NotBelieved {
        if (assertion.length() > AssertionFormat.LENGTH_MAX) {
            throw new NotBelieved("it exceeds " + AssertionFormat.LENGTH_MAX + " bytes");
        }
        if (!COMPACT.matcher(assertion).matches()) {
            throw new NotBelieved("it is not a signed JWT in compact form");
        }
        try {
            JWSObject jws = JWSObject.parse(assertion);
            checkHeader(jws.getHeader());
            X509Certificate leaf = leafNamed(jws.getHeader(), peer, now);
            if (!(leaf.getPublicKey() instanceof ECPublicKey key) || !jws.verify(new ECDSAVerifier(key))) {
                throw new NotBelieved("its signature is not the peer's");
            }
            String claims = jws.getPayload().toString();
            if (!claims.startsWith("{")) {
                throw new NotBelieved("its claims are not a JSON object");
            }
            return AssertionClaims.fromJson(JSONObjectUtils.parse(claims, AssertionFormat.LENGTH_MAX));
        } catch (ParseException | JOSEException | IllegalArgumentException malformed) {
            throw new NotBelieved("it is malformed");
        } catch (AssertionClaims.Unreadable claims) {
            throw new NotBelieved("it has " + claims.detail());
        }
    }

    private static void checkHeader(JWSHeader header) throws NotBelieved {
        if (!AssertionFormat.ALGORITHM.equals(header.getAlgorithm())) {
            throw new NotBelieved("its algorithm is not ES256");
        }
        if (!AssertionFormat.HEADER_PARAMETERS.equals(header.toJSONObject().keySet())) {
            throw new NotBelieved("its header does not have exactly the parameters of an assertion");
        }
        if (!AssertionFormat.TYPE.equals(header.getType())) {
            throw new NotBelieved("its type is not that of an assertion");
        }
        if (!header.getX509CertSHA256Thumbprint().toString().equals(header.getKeyID())) {
            throw new NotBelieved("it names two keys");
        }
    }

    private X509Certificate leafNamed(JWSHeader header, Peer.Verified peer, Instant now) throws NotBelieved {
        return shown.get(header.getKeyID())
                .filter(signer -> signer.id().equals(peer.id()))
                .map(Peer.Verified::certificate)
                .filter(leaf -> now.isBefore(leaf.getNotAfter().toInstant()))
                .orElseThrow(() -> new NotBelieved("it is signed with a key that the peer has not shown"));
    }

    /** What may have changed since the signature was checked is checked again. */
    private void check(AssertionClaims claims, Peer.Verified peer, Instant now) throws NotBelieved {
        if (!claims.issuer().equals(peer.id())) {
            throw new NotBelieved("its issuer is not the peer");
        }
        if (!claims.audience().equals(self)) {
            throw new NotBelieved("it is meant for another proxy");
        }
        Duration lifetime = Duration.between(claims.issuedAt(), claims.expiresAt());
        if (lifetime.isNegative() || lifetime.compareTo(AssertionFormat.LIFETIME_MAX) > 0) {
            throw new NotBelieved("its lifetime exceeds " + AssertionFormat.LIFETIME_MAX.toSeconds() + " s");
        }
        if (claims.issuedAt().isAfter(now.plus(AssertionFormat.CLOCK_SKEW_MAX))) {
            throw new NotBelieved("it was issued in the future");
        }
        if (!claims.expiresAt().plus(AssertionFormat.CLOCK_SKEW_MAX).isAfter(now)) {
            throw new NotBelieved("it has expired");
        }
    }

    private static final class NotBelieved extends Exception {
        private static final long serialVersionUID = 1L;

        NotBelieved(String detail) {
            super(detail, null, false, false);
        }
    }
}
