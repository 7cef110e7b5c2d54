package dev.gatehouse.app.agent;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/**
 * An ECDSA P-256 key as PKCS#8 with its public half inside (RFC 5958, RFC 5915). The JDK leaves the public half out, and GnuTLS, which Debian's
 * git uses for TLS, reads no key without it.
 */
public final class PortableKey {
    private static final int OCTET_STRING = 0x04;
    /** Context-specific, constructed, number 1: the public key. */
    private static final int CONTEXT_1 = 0xa1;

    private static final byte[] VERSION_0 = Der.value(Der.INTEGER, new byte[] {0});
    private static final byte[] VERSION_1 = Der.value(Der.INTEGER, new byte[] {1});
    private static final int SCALAR_BYTES = 32;
    /** A P-256 SubjectPublicKeyInfo (RFC 5480) always has the same layout: its algorithm, then the point as a bit string. */
    private static final int ALGORITHM_FROM = 2;

    private static final int POINT_FROM = 23;
    private static final int LENGTH = 91;

    private PortableKey() {}

    /**
     * The same key, with its public half.
     *
     * @param pkcs8 as the JDK writes it
     * @throws IllegalArgumentException where it is not on P-256
     */
    public static byte[] withPublicHalf(byte[] pkcs8, PublicKey publicKey) {
        byte[] information = publicKey.getEncoded();
        if (information.length != LENGTH) {
            throw new IllegalArgumentException("the key is not on P-256");
        }
        byte[] algorithm = Arrays.copyOfRange(information, ALGORITHM_FROM, POINT_FROM);
        byte[] point = Arrays.copyOfRange(information, POINT_FROM, LENGTH);
        byte[] inner =
                Der.value(Der.SEQUENCE, VERSION_1, Der.value(OCTET_STRING, scalar(pkcs8)), Der.value(CONTEXT_1, point));
        return Der.value(Der.SEQUENCE, VERSION_0, algorithm, Der.value(OCTET_STRING, inner));
    }

    private static byte[] scalar(byte[] pkcs8) {
        try {
            ECPrivateKey key =
                    (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            byte[] magnitude = key.getS().toByteArray();
            byte[] scalar = new byte[SCALAR_BYTES];
            int bytes = Math.min(magnitude.length, SCALAR_BYTES);
            System.arraycopy(magnitude, magnitude.length - bytes, scalar, SCALAR_BYTES - bytes, bytes);
            return scalar;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an EC private key", e);
        }
    }
}
