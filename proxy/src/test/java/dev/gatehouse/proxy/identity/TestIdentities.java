package dev.gatehouse.proxy.identity;

import dev.gatehouse.core.identity.AuthenticationMethod;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.identity.TrustDomain;
import dev.gatehouse.core.snapshot.Revocations;
import dev.gatehouse.core.snapshot.TrustBundle;
import dev.gatehouse.proxy.exchange.Peer;
import dev.gatehouse.proxy.tls.Svid;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** People, workloads and certificates to test with. */
public final class TestIdentities {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final TrustDomain DOMAIN = new TrustDomain("gatehouse.test");
    static final SpiffeId INGRESS = DOMAIN.id("/ingress");
    static final SpiffeId SIDECAR = DOMAIN.id("/forge");
    static final Caller ALICE = new Caller(
            Principal.Person.local("alice", Set.of("developers", "okta:platform")),
            AuthenticationMethod.ACCESS_TOKEN,
            "tok_1",
            NOW.plus(Duration.ofHours(1)));
    static final Caller CI_RUNNER = new Caller(
            new Principal.Workload(DOMAIN.id("/ci-runner")),
            AuthenticationMethod.CLIENT_CERTIFICATE,
            "0a1b",
            NOW.plus(Duration.ofHours(1)));

    private TestIdentities() {}

    static KeyPair keyPair(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    static X509Certificate certificate(KeyPair keys, Instant notAfter) {
        X500Name name = new X500Name("CN=test");
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    BigInteger.valueOf(notAfter.getEpochSecond()),
                                    Date.from(NOW.minus(Duration.ofHours(1))),
                                    Date.from(notAfter),
                                    name,
                                    keys.getPublic())
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** An SVID of {@code id} with a fresh P-256 key. */
    public static Svid svid(SpiffeId id) {
        return svid(id, NOW.plus(Duration.ofHours(24)));
    }

    static Svid svid(SpiffeId id, Instant notAfter) {
        KeyPair keys = keyPair("secp256r1");
        return new Svid(id, List.of(certificate(keys, notAfter)), keys.getPrivate());
    }

    /** The same SVID, as the other end of a connection sees it. */
    public static Peer.Verified peer(Svid svid) {
        return new Peer.Verified(svid.id(), svid.leaf());
    }

    /** Vouches for nobody: a certificate that was not shown in a handshake does not count. */
    public static TrustBundle nobodysBundle() {
        return new TrustBundle(DOMAIN, List.of());
    }

    static Revocations revoked(String principalKey) {
        return new Revocations(Set.of(principalKey), Set.of());
    }
}
