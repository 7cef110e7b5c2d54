package dev.gatehouse.app.role;

import dev.gatehouse.core.policy.AccessRequest;
import dev.gatehouse.core.policy.PolicyVersion;
import dev.gatehouse.core.policy.RuleReference;
import dev.gatehouse.git.RefGate;
import dev.gatehouse.git.RefVerdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * A push with one commit that holds one file, as git would send it: so that a first commit comes into a repository by the same way as all others,
 * through quarantine, gate, intent and outcome.
 */
final class FirstCommit {
    private static final int COMMIT = 1;
    private static final int TREE = 2;
    private static final int BLOB = 3;
    private static final String NOTHING = "0".repeat(40);

    private final byte[] body;

    private FirstCommit(byte[] body) {
        this.body = body;
    }

    /** The body of {@code POST git-receive-pack} (gitprotocol-pack). */
    byte[] body() {
        return body.clone();
    }

    static FirstCommit of(String ref, String fileName, String content, String message, Instant time) {
        byte[] blob = content.getBytes(StandardCharsets.UTF_8);
        byte[] tree = concat(
                ("100644 " + fileName + "\0").getBytes(StandardCharsets.UTF_8), sha1(header("blob", blob), blob));
        String author = "Gatehouse <gatehouse@localhost> " + time.getEpochSecond() + " +0000";
        byte[] commit = ("tree " + hex(sha1(header("tree", tree), tree)) + "\nauthor " + author + "\ncommitter "
                        + author + "\n\n" + message + "\n")
                .getBytes(StandardCharsets.UTF_8);
        String id = hex(sha1(header("commit", commit), commit));
        byte[] pack = concat(
                "PACK".getBytes(StandardCharsets.US_ASCII),
                ByteBuffer.allocate(8).putInt(2).putInt(3).array(),
                object(COMMIT, commit),
                object(TREE, tree),
                object(BLOB, blob));
        String command = NOTHING + " " + id + " " + ref + "\0 report-status\n";
        return new FirstCommit(concat(
                String.format(Locale.ROOT, "%04x", command.length() + 4).getBytes(StandardCharsets.US_ASCII),
                command.getBytes(StandardCharsets.UTF_8),
                "0000".getBytes(StandardCharsets.US_ASCII),
                pack,
                sha1(pack)));
    }

    /** Lets the operator's own push pass. */
    static RefGate operatorGate(PolicyVersion version) {
        return new RefGate() {
            @Override
            public PolicyVersion version() {
                return version;
            }

            @Override
            public RefVerdict decide(AccessRequest request) {
                return new RefVerdict.Allowed(RuleReference.builtIn("demo"));
            }
        };
    }

    /** Type and size, seven bits less three in the first byte, seven in each that follows; then the content, deflated. */
    private static byte[] object(int type, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int size = content.length;
        int first = (type << 4) | (size & 0x0f);
        size >>>= 4;
        while (size != 0) {
            out.write(first | 0x80);
            first = size & 0x7f;
            size >>>= 7;
        }
        out.write(first);
        out.writeBytes(deflated(content));
        return out.toByteArray();
    }

    private static byte[] deflated(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflating = new DeflaterOutputStream(out, new Deflater())) {
            deflating.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] header(String type, byte[] content) {
        return (type + " " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] sha1(byte[]... parts) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(concat(parts));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
