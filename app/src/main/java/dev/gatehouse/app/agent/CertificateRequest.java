package dev.gatehouse.app.agent;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/**
 * A key and the request for its certificate (PKCS#10, RFC 2986). The request has no subject and no attributes: control knows who asks, and all
 * the request proves is that the asker has the key. Hand-written, so that a proxy carries no library that can issue certificates.
 */
final class CertificateRequest {
    private static final byte[] VERSION_1 = Der.value(Der.INTEGER, new byte[] {0});
    private static final byte[] NO_SUBJECT = Der.value(Der.SEQUENCE);
    private static final byte[] NO_ATTRIBUTES = Der.value(Der.CONTEXT_0);
    /** 1.2.840.10045.4.3.2, ecdsa-with-SHA256 (RFC 5758, section 3.2). */
    private static final byte[] ECDSA_WITH_SHA256 =
            Der.value(Der.SEQUENCE, Der.value(Der.OBJECT_IDENTIFIER, new byte[] {
                0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02
            }));

    private static final byte[] NO_UNUSED_BITS = {0};

    private final KeyPair keys;
    private final byte[] der;

    private CertificateRequest(KeyPair keys, byte[] der) {
        this.keys = keys;
        this.der = der;
    }

    /** A new key and its request. */
    static CertificateRequest create() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            byte[] information = Der.value(
                    Der.SEQUENCE, VERSION_1, NO_SUBJECT, keys.getPublic().getEncoded(), NO_ATTRIBUTES);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(information);
            byte[] signed = Der.value(Der.BIT_STRING, NO_UNUSED_BITS, signature.sign());
            return new CertificateRequest(keys, Der.value(Der.SEQUENCE, information, ECDSA_WITH_SHA256, signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has ECDSA on P-256", e);
        }
    }

    /** ECDSA on P-256; the private key never leaves this process. */
    KeyPair keys() {
        return keys;
    }

    /** The request. */
    byte[] der() {
        return der.clone();
    }
}
