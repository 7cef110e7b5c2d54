package dev.gatehouse.proxy.identity;

import dev.gatehouse.core.identity.Credential;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns credentials into keys of a map without keeping them: HMAC-SHA-256 under a key that is drawn at start and never leaves this process, so
 * that a heap dump holds nothing that can be tried elsewhere. Safe for all threads.
 */
final class CredentialFingerprint {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final byte BASIC = 1;
    private static final byte BEARER = 2;

    /** Holds the key, and is never fed: each use clones it, which costs neither a look-up nor the key's own two blocks. */
    private final Mac keyed;

    CredentialFingerprint(SecureRandom random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        try {
            this.keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(bytes, ALGORITHM));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, missing);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** The same for the same credential, and for no other. */
    ByteBuffer of(Credential credential) {
        byte[] message = switch (credential) {
            case Credential.Basic basic -> encoded(BASIC, basic.username(), basic.secret());
            case Credential.Bearer bearer -> encoded(BEARER, "", bearer.token());
        };
        try {
            return ByteBuffer.wrap(((Mac) keyed.clone()).doFinal(message));
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("the runtime's " + ALGORITHM + " can be cloned", impossible);
        } finally {
            Arrays.fill(message, (byte) 0);
        }
    }

    /** The length in front keeps {@code a:bc} and {@code ab:c} apart. */
    private static byte[] encoded(byte kind, String name, String secret) {
        byte[] first = name.getBytes(StandardCharsets.UTF_8);
        byte[] second = secret.getBytes(StandardCharsets.UTF_8);
        byte[] all = ByteBuffer.allocate(1 + Integer.BYTES + first.length + second.length)
                .put(kind)
                .putInt(first.length)
                .put(first)
                .put(second)
                .array();
        Arrays.fill(second, (byte) 0);
        return all;
    }
}
