package dev.gatehouse.control.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Builds and signs one certificate (RFC 5280): what all profiles have in common. Used by one thread, once. */
final class CertificateSigner {
    /** 127 random bits after a set one: never negative, never short, and within the 20 octets of RFC 5280, section 4.1.2.2. */
    private static final int SERIAL_BITS = 127;

    private final X509v3CertificateBuilder builder;

    CertificateSigner(
            X500Name issuer,
            X500Name subject,
            PublicKey key,
            Instant notBefore,
            Instant notAfter,
            SecureRandom random) {
        this.builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
                Date.from(notBefore),
                Date.from(notAfter),
                subject,
                key);
    }

    CertificateSigner extension(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
        try {
            builder.addExtension(id, critical, value);
            return this;
        } catch (IOException e) {
            throw new IllegalStateException("an extension of ours cannot be encoded", e);
        }
    }

    X509Certificate sign(PrivateKey key) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder(KeyPairs.SIGNATURE_ALGORITHM).build(key)));
        } catch (OperatorCreationException | CertificateException e) {
            throw new IllegalStateException("a certificate of ours cannot be signed", e);
        }
    }
}
