package dev.gatehouse.proxy.testing;

import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.identity.TrustDomain;
import dev.gatehouse.core.snapshot.TrustBundle;
import dev.gatehouse.proxy.tls.Svid;
import dev.gatehouse.proxy.tls.WebCertificate;
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
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A CA of one trust domain, for tests. */
public final class TestAuthority {
    /** How a leaf differs from a proper one. */
    public record Profile(
            List<String> uris, boolean authority, int keyUsage, boolean keyUsageCritical, Instant from, Instant until) {
        public static Profile proper(SpiffeId id, Instant from, Instant until) {
            return new Profile(List.of(id.toString()), false, KeyUsage.digitalSignature, true, from, until);
        }

        public Profile withUris(List<String> other) {
            return new Profile(other, authority, keyUsage, keyUsageCritical, from, until);
        }

        public Profile withAuthority() {
            return new Profile(uris, true, keyUsage, keyUsageCritical, from, until);
        }

        public Profile withKeyUsage(int usage, boolean critical) {
            return new Profile(uris, authority, usage, critical, from, until);
        }
    }

    private static final AtomicLong SERIAL = new AtomicLong(1000);

    private final TrustDomain trustDomain;
    private final KeyPair keys = newKeys();
    private final X509Certificate root;

    public TestAuthority(String trustDomain) {
        this.trustDomain = new TrustDomain(trustDomain);
        this.root = build(
                "CN=root of " + trustDomain, "CN=root of " + trustDomain, keys, keys, year(-1), year(10), builder -> {
                    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
                    builder.addExtension(
                            Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
                });
    }

    private static Instant year(int offset) {
        return Instant.now().plus(Duration.ofDays(365L * offset));
    }

    public TrustBundle bundle() {
        return new TrustBundle(trustDomain, List.of(root));
    }

    public SpiffeId id(String path) {
        return trustDomain.id(path);
    }

    public X509Certificate root() {
        return root;
    }

    /** A proper SVID, valid for an hour. */
    public Svid svid(String path) {
        return svid(path, Instant.now().minusSeconds(60), Instant.now().plusSeconds(3600));
    }

    public Svid svid(String path, Instant from, Instant until) {
        return svid(id(path), Profile.proper(id(path), from, until));
    }

    public Svid svid(SpiffeId id, Profile profile) {
        KeyPair leafKeys = newKeys();
        X509Certificate leaf = build(
                "CN=root of " + trustDomain.name(),
                "CN=leaf",
                keys,
                leafKeys,
                profile.from(),
                profile.until(),
                builder -> {
                    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(profile.authority()));
                    builder.addExtension(
                            Extension.keyUsage, profile.keyUsageCritical(), new KeyUsage(profile.keyUsage()));
                    if (!profile.uris().isEmpty()) {
                        builder.addExtension(
                                Extension.subjectAlternativeName,
                                false,
                                names(GeneralName.uniformResourceIdentifier, profile.uris()));
                    }
                });
        return new Svid(id, List.of(leaf), leafKeys.getPrivate());
    }

    /** A web certificate for {@code localhost}. */
    public WebCertificate web() {
        KeyPair leafKeys = newKeys();
        X509Certificate leaf = build(
                "CN=root of " + trustDomain.name(), "CN=localhost", keys, leafKeys, year(-1), year(1), builder -> {
                    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                        new GeneralName(GeneralName.dNSName, "localhost"),
                        new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                    }));
                });
        return new WebCertificate(List.of(leaf), leafKeys.getPrivate());
    }

    private static GeneralNames names(int type, List<String> values) {
        return new GeneralNames(
                values.stream().map(value -> new GeneralName(type, value)).toArray(GeneralName[]::new));
    }

    private interface Extensions {
        void add(X509v3CertificateBuilder builder) throws CertIOException;
    }

    private static X509Certificate build(
            String issuer,
            String subject,
            KeyPair signer,
            KeyPair own,
            Instant from,
            Instant until,
            Extensions extensions) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name(issuer),
                    BigInteger.valueOf(SERIAL.incrementAndGet()),
                    Date.from(from),
                    Date.from(until),
                    new X500Name(subject),
                    own.getPublic());
            extensions.add(builder);
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException cannotBuild) {
            throw new AssertionError(cannotBuild);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException cannotBuild) {
            throw new AssertionError(cannotBuild);
        }
    }
}
