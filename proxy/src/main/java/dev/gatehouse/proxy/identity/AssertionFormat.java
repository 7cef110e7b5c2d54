package dev.gatehouse.proxy.identity;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.X509CertUtils;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Set;

/** What signer and verifier of an assertion agree on (design, decision 6): one algorithm, one type, one way to name the key. */
final class AssertionFormat {
    static final JWSAlgorithm ALGORITHM = JWSAlgorithm.ES256;

    /** No other JWT is taken for an assertion, nor an assertion for another JWT (RFC 8725, section 3.11). */
    static final JOSEObjectType TYPE = new JOSEObjectType("gatehouse-assertion+jwt");

    /** All that the header has, and must have: nothing that could bring a key along, point to one, or change how the rest is read. */
    static final Set<String> HEADER_PARAMETERS = Set.of("alg", "typ", "kid", "x5t#S256");

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
}
