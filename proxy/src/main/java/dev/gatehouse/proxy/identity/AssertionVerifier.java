package dev.gatehouse.proxy.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.X509CertUtils;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.snapshot.TrustBundle;
import dev.gatehouse.proxy.exchange.Peer;
import dev.gatehouse.proxy.tls.SvidVerdict;
import dev.gatehouse.proxy.tls.X509SvidValidator;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Checks the assertions that an ingress sends: the signer must be the mTLS peer itself. A signature costs about 0.3 ms to check, so an assertion
 * that was found good is remembered by its exact bytes until it expires.
 *
 * <p>Threads: all event loops of a sidecar. Two bounded maps are the only state: assertions found good, and the certificates that verified peers
 * showed. The second exists for the moment of a renewal, when an assertion signed with the old key may come over a connection that shows the new
 * certificate; the other way round the assertion brings its certificate along. Invariant: a key counts only if its certificate was verified, in a
 * handshake or against the bundle, still is within its time, and names the same SPIFFE ID as the connection that the assertion came through.
 */
public final class AssertionVerifier {
    private static final int KEPT_MAX = 20_000;
    private static final int CERTIFICATES_MAX = 256;
    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private final SpiffeId self;
    private final Supplier<TrustBundle> bundle;
    private final InstantSource clock;
    private final X509SvidValidator validator;
    private final RecentlyUsed<String, Good> good = new RecentlyUsed<>(KEPT_MAX);
    private final RecentlyUsed<String, Peer.Verified> shown = new RecentlyUsed<>(CERTIFICATES_MAX);

    private record Good(AssertionClaims claims, X509Certificate lastShown) {}

    /**
     * @param self the SPIFFE ID of this sidecar: the only audience it believes
     * @param bundle the newest trust bundle; asked for a signer that has not been met before
     */
    public AssertionVerifier(SpiffeId self, Supplier<TrustBundle> bundle, InstantSource clock) {
        this.self = self;
        this.bundle = bundle;
        this.clock = clock;
        this.validator = new X509SvidValidator(clock);
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
        Set<String> parameters = header.toJSONObject().keySet();
        if (!AssertionFormat.HEADER_PARAMETERS.equals(parameters)
                && !AssertionFormat.HEADER_PARAMETERS_WITH_CHAIN.equals(parameters)) {
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
        if (header.getX509CertChain() != null) {
            return leafBrought(header, peer);
        }
        return shown.get(header.getKeyID())
                .filter(signer -> signer.id().equals(peer.id()))
                .map(Peer.Verified::certificate)
                .filter(leaf -> now.isBefore(leaf.getNotAfter().toInstant()))
                .orElseThrow(() -> new NotBelieved("it is signed with a key that the peer has not shown"));
    }

    private X509Certificate leafBrought(JWSHeader header, Peer.Verified peer) throws NotBelieved {
        List<Base64> brought = header.getX509CertChain();
        List<X509Certificate> chain = new ArrayList<>(brought.size());
        for (Base64 item : brought) {
            X509Certificate certificate = X509CertUtils.parse(item.decode());
            if (certificate == null || chain.size() == AssertionFormat.CHAIN_LENGTH_MAX) {
                throw new NotBelieved("it brings certificates that cannot be read");
            }
            chain.add(certificate);
        }
        if (!(validator.validate(chain, bundle.get()) instanceof SvidVerdict.Valid valid)
                || !valid.id().equals(peer.id())
                || !AssertionFormat.keyId(valid.leaf()).toString().equals(header.getKeyID())) {
            throw new NotBelieved("it brings a certificate that is not the peer's");
        }
        return valid.leaf();
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
