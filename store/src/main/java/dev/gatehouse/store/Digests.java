package dev.gatehouse.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one hash used here. */
final class Digests {
    private Digests() {}

    static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
