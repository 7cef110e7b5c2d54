package dev.gatehouse.proxy.identity;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.X509CertUtils;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What signer and verifier of an assertion agree on (design, decision 6): one algorithm, one type, one way to name the key. */
final class AssertionFormat {
    static final JWSAlgorithm ALGORITHM = JWSAlgorithm.ES256;

    /** No other JWT is taken for an assertion, nor an assertion for another JWT (RFC 8725, section 3.11). */
    static final JOSEObjectType TYPE = new JOSEObjectType("gatehouse-assertion+jwt");

    /** All that the header has, and must have: nothing that could point to a key, or change how the rest is read. */
    static final Set<String> HEADER_PARAMETERS = Set.of("alg", "typ", "kid", "x5t#S256");

    /** The same with the signer's certificate, which counts only if the trust bundle vouches for it. */
    static final Set<String> HEADER_PARAMETERS_WITH_CHAIN = Set.of("alg", "typ", "kid", "x5t#S256", "x5c");

    /** A leaf and its intermediates. */
    static final int CHAIN_LENGTH_MAX = 4;

    static final Duration LIFETIME_MAX = Duration.ofSeconds(60);

    /** How far the clocks of two proxies may be apart. */
    static final Duration CLOCK_SKEW_MAX = Duration.ofSeconds(30);

    /** A person in a few hundred groups fits; a header beyond that does not reach us anyway. */
    static final int LENGTH_MAX = 16 * 1024;

    private AssertionFormat() {}

    /** Names a key: the SHA-256 thumbprint of the leaf certificate that holds it (RFC 7515, section 4.1.8). */
    static Base64URL keyId(X509Certificate leaf) {
        return X509CertUtils.computeSHA256Thumbprint(leaf);
    }

    /** The header's {@code x5c} (RFC 7515, section 4.1.6). */
    static List<Base64> chain(List<X509Certificate> certificates) throws CertificateEncodingException {
        List<Base64> chain = new ArrayList<>(certificates.size());
        for (X509Certificate certificate : certificates) {
            chain.add(Base64.encode(certificate.getEncoded()));
        }
        return chain;
    }
}
