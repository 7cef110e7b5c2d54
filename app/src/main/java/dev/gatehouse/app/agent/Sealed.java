package dev.gatehouse.app.agent;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Content followed by its SHA-256: a file that was cut off or changed by accident is told from a whole one. What keeps others out is the file's
 * mode; whoever may write it may be this node anyway.
 */
final class Sealed {
    private static final int DIGEST_BYTES = 32;

    private Sealed() {}

    static byte[] seal(byte[] content) {
        byte[] sealed = Arrays.copyOf(content, content.length + DIGEST_BYTES);
        System.arraycopy(digest(content), 0, sealed, content.length, DIGEST_BYTES);
        return sealed;
    }

    /** @throws IOException where it is not whole */
    static byte[] open(byte[] sealed) throws IOException {
        int length = sealed.length - DIGEST_BYTES;
        byte[] content = Arrays.copyOf(sealed, Math.max(0, length));
        if (length < 0 || !Arrays.equals(digest(content), Arrays.copyOfRange(sealed, length, sealed.length))) {
            throw new IOException("it is not whole");
        }
        return content;
    }

    private static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
