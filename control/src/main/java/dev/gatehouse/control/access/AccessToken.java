package dev.gatehouse.control.access;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * An access token: {@value PREFIX}, 160 random bits in 27 base62 digits, and 6 base62 digits of the CRC-32 of all that. The prefix lets
 * secret scanners find it; the checksum tells a typing error from a revoked token without asking anyone.
 */
public final class AccessToken {
    /** What every token starts with. */
    public static final String PREFIX = "gate_";

    private static final int RANDOM_BITS = 160;
    private static final int RANDOM_DIGITS = 27;
    private static final int CHECKSUM_DIGITS = 6;
    private static final int LENGTH = PREFIX.length() + RANDOM_DIGITS + CHECKSUM_DIGITS;

    private final String text;

    private AccessToken(String text) {
        this.text = text;
    }

    static AccessToken random(SecureRandom random) {
        String unchecked = PREFIX + Base62.encode(new BigInteger(RANDOM_BITS, random), RANDOM_DIGITS);
        return new AccessToken(unchecked + checksum(unchecked));
    }

    /** Whether {@code text} is meant as a token, intact or not: it is never taken for a password then. */
    public static boolean isTokenShaped(String text) {
        return text.startsWith(PREFIX);
    }

    /** The token written as {@code text}; empty where it is none, or was mistyped. */
    public static Optional<AccessToken> parse(String text) {
        if (text.length() != LENGTH || !isTokenShaped(text) || !Base62.isBase62(text.substring(PREFIX.length()))) {
            return Optional.empty();
        }
        int end = LENGTH - CHECKSUM_DIGITS;
        return checksum(text.substring(0, end)).equals(text.substring(end))
                ? Optional.of(new AccessToken(text))
                : Optional.empty();
    }

    /** What is stored of it. A fast hash is right: the token has too many bits to be guessed. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The secret itself, to be shown once. */
    public String secret() {
        return text;
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }

    private static String checksum(String unchecked) {
        CRC32 crc = new CRC32();
        crc.update(unchecked.getBytes(StandardCharsets.US_ASCII));
        return Base62.encode(BigInteger.valueOf(crc.getValue()), CHECKSUM_DIGITS);
    }
}
