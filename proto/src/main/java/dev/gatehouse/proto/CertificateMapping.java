package dev.gatehouse.proto;

import com.google.protobuf.ByteString;
import dev.gatehouse.core.identity.IssuedSvid;
import dev.gatehouse.core.identity.TrustDomain;
import dev.gatehouse.core.snapshot.TrustBundle;
import dev.gatehouse.proto.v1.BundleResource;
import dev.gatehouse.proto.v1.Svid;
import dev.gatehouse.proto.v1.WebCertificate;
import java.io.ByteArrayInputStream;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Certificates on the wire. What cannot be read throws {@link dev.gatehouse.core.cause.FailureException}. */
public final class CertificateMapping {
    private CertificateMapping() {}

    /** The SVID as a message. */
    public static Svid toMessage(IssuedSvid svid) {
        return Svid.newBuilder()
                .setSpiffeId(svid.id().toString())
                .addAllChainDer(toDer(svid.chain()))
                .setTrustDomain(svid.id().trustDomain().name())
                .addAllBundleDer(toDer(svid.authorities()))
                .setPrivateKeyPkcs8Der(svid.privateKey()
                        .map(key -> ByteString.copyFrom(key.getEncoded()))
                        .orElse(ByteString.EMPTY))
                .setNotAfter(TimeMapping.toMessage(svid.notAfter()))
                .build();
    }

    /** The SVID in {@code message}. */
    public static IssuedSvid fromMessage(Svid message) {
        List<X509Certificate> chain = fromDer(message.getChainDerList());
        if (chain.isEmpty()) {
            throw Readings.unreadable("SVID", "it has no certificate");
        }
        return new IssuedSvid(
                IdentityMapping.spiffeId(message.getSpiffeId()),
                chain,
                fromDer(message.getBundleDerList()),
                message.getPrivateKeyPkcs8Der().isEmpty()
                        ? Optional.empty()
                        : Optional.of(privateKey(message.getPrivateKeyPkcs8Der())));
    }

    /** A web certificate's chain, leaf first, as a message. */
    public static WebCertificate toWebMessage(List<X509Certificate> chain) {
        return WebCertificate.newBuilder()
                .addAllChainDer(toDer(chain))
                .setNotAfter(
                        TimeMapping.toMessage(chain.getFirst().getNotAfter().toInstant()))
                .build();
    }

    /** A web certificate's chain, leaf first. */
    public static List<X509Certificate> fromMessage(WebCertificate message) {
        return fromDer(message.getChainDerList());
    }

    /** The bundle as a message. */
    public static BundleResource toMessage(TrustBundle bundle) {
        return BundleResource.newBuilder()
                .setTrustDomain(bundle.trustDomain().name())
                .addAllAuthoritiesDer(toDer(bundle.authorities()))
                .build();
    }

    /** The bundle in {@code message}. */
    public static TrustBundle fromMessage(BundleResource message) {
        return new TrustBundle(
                Readings.read("trust domain", () -> new TrustDomain(message.getTrustDomain())),
                fromDer(message.getAuthoritiesDerList()));
    }

    private static List<ByteString> toDer(List<X509Certificate> certificates) {
        List<ByteString> encoded = new ArrayList<>();
        for (X509Certificate certificate : certificates) {
            try {
                encoded.add(ByteString.copyFrom(certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("a certificate of ours cannot be encoded", e);
            }
        }
        return encoded;
    }

    private static List<X509Certificate> fromDer(List<ByteString> encoded) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (ByteString der : encoded) {
                certificates.add(
                        (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der.toByteArray())));
            }
        } catch (CertificateException e) {
            throw Readings.unreadable("certificate", e);
        }
        return certificates;
    }

    private static PrivateKey privateKey(ByteString pkcs8) {
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8.toByteArray()));
        } catch (InvalidKeySpecException e) {
            // Its message may quote the key.
            throw Readings.unreadable("private key", "it is not an EC key in PKCS#8");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has EC", e);
        }
    }
}
