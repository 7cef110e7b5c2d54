package dev.gatehouse.control.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A password's Argon2id hash with the parameters it was made with, in the PHC string format:
 * {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
 */
final class PasswordHash {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern FORMAT = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=([1-9]\\d{0,8}),t=([1-9]\\d{0,3}),p=([1-9]\\d{0,2})\\$([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");
    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

    private final PasswordHashing hashing;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(PasswordHashing hashing, byte[] salt, byte[] hash) {
        this.hashing = hashing;
        this.salt = salt;
        this.hash = hash;
    }

    static PasswordHash make(String password, PasswordHashing hashing, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new PasswordHash(hashing, salt, compute(password, hashing, salt));
    }

    /** The hash written as {@code text}; empty where it is none, or would cost too much. */
    static Optional<PasswordHash> parse(String text) {
        Matcher matcher = FORMAT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            PasswordHashing hashing = new PasswordHashing(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    Integer.parseInt(matcher.group(3)));
            return Optional.of(new PasswordHash(
                    hashing,
                    Base64.getDecoder().decode(matcher.group(4)),
                    Base64.getDecoder().decode(matcher.group(5))));
        } catch (IllegalArgumentException notPossible) {
            return Optional.empty();
        }
    }

    boolean matches(String password) {
        return MessageDigest.isEqual(hash, compute(password, hashing, salt));
    }

    PasswordHashing hashing() {
        return hashing;
    }

    private static byte[] compute(String password, PasswordHashing hashing, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(hashing.memoryKib())
                .withIterations(hashing.iterations())
                .withParallelism(hashing.lanes())
                .withSalt(salt)
                .build());
        byte[] output = new byte[HASH_BYTES];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), output);
        return output;
    }

    /** As it is stored. */
    String encoded() {
        return "$argon2id$v=19$m=" + hashing.memoryKib() + ",t=" + hashing.iterations() + ",p=" + hashing.lanes() + "$"
                + ENCODER.encodeToString(salt) + "$" + ENCODER.encodeToString(hash);
    }

    @Override
    public String toString() {
        return "PasswordHash";
    }
}
