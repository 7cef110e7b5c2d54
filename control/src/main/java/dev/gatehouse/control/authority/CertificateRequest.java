package dev.gatehouse.control.authority;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.IdentityCause;
import java.io.IOException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * What is taken of a PKCS#10 request: its public key, once its signature has proved that the sender holds the private one. Its subject,
 * extensions and attributes are ignored: who the sender is, others say.
 *
 * @param publicKey P-256 or P-384
 */
record CertificateRequest(PublicKey publicKey) {
    private static final int BYTES_MAX = 16 * 1024;
    private static final Set<Integer> FIELD_BITS = Set.of(256, 384);

    static CertificateRequest read(byte[] der) {
        if (der.length > BYTES_MAX) {
            throw invalid("it is larger than " + BYTES_MAX + " bytes");
        }
        JcaPKCS10CertificationRequest request = parse(der);
        PublicKey key = publicKey(request);
        if (!(key instanceof ECPublicKey curve)
                || !FIELD_BITS.contains(curve.getParams().getCurve().getField().getFieldSize())) {
            throw invalid("its key is not ECDSA P-256 or P-384");
        }
        if (!isSignedBy(request, key)) {
            throw invalid("it is not signed with its own key");
        }
        return new CertificateRequest(key);
    }

    private static JcaPKCS10CertificationRequest parse(byte[] der) {
        try {
            // Refuses bytes after the end, which the builder below would overlook.
            ASN1Primitive.fromByteArray(der);
            return new JcaPKCS10CertificationRequest(der);
        } catch (IOException | RuntimeException e) {
            throw invalid("it is not PKCS#10 in DER");
        }
    }

    private static PublicKey publicKey(JcaPKCS10CertificationRequest request) {
        try {
            return request.getPublicKey();
        } catch (java.security.GeneralSecurityException | RuntimeException e) {
            throw invalid("its key cannot be read");
        }
    }

    private static boolean isSignedBy(JcaPKCS10CertificationRequest request, PublicKey key) {
        try {
            return request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key));
        } catch (PKCSException | OperatorCreationException | RuntimeException e) {
            return false;
        }
    }

    private static FailureException invalid(String detail) {
        return IdentityCause.CSR_INVALID.with("detail", detail).asException();
    }
}
