package dev.gatehouse.control.authority;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.store.StateFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One file with a private key and its certificate, as PEM: both in one file, so that one can never be there without the other. */
final class KeyFile {
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final Pattern KEY = block("PRIVATE KEY");
    private static final Pattern CERTIFICATE = block("CERTIFICATE");
    private static final int BYTES_MAX = 64 * 1024;

    private final Path path;

    KeyFile(Path path) {
        this.path = path;
    }

    /** What the file holds; empty where there is none. */
    Optional<SigningKey> read() {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            requirePrivate();
            if (Files.size(path) > BYTES_MAX) {
                throw unreadable("it is larger than " + BYTES_MAX + " bytes");
            }
            String pem = Files.readString(path, StandardCharsets.US_ASCII);
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(decode(pem, CERTIFICATE)));
            PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(decode(pem, KEY)));
            requireMatch(key, certificate);
            return Optional.of(new SigningKey(certificate, key));
        } catch (CertificateException e) {
            throw unreadable("its certificate is damaged");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // The exception's own text may quote the key.
            throw unreadable("its key is damaged");
        } catch (IOException e) {
            throw unreadable(e.toString());
        }
    }

    void write(SigningKey signingKey) {
        try {
            String pem = Pem.encode("PRIVATE KEY", signingKey.key().getEncoded())
                    + Pem.encode("CERTIFICATE", signingKey.certificate().getEncoded());
            StateFiles.replace(path, pem.getBytes(StandardCharsets.US_ASCII), StateFiles.PRIVATE);
        } catch (IOException e) {
            throw unreadable(e.toString());
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate of ours cannot be encoded", e);
        }
    }

    /** Moves the file aside, so that an auditor still finds it. */
    void archive(SigningKey signingKey) {
        try {
            Files.move(
                    path,
                    path.resolveSibling(path.getFileName() + "."
                            + signingKey.certificate().getSerialNumber().toString(16)));
        } catch (IOException e) {
            throw unreadable(e.toString());
        }
    }

    FailureException unreadable(String detail) {
        return StartCause.DATA_UNREADABLE
                .with("path", path.toString(), "detail", detail)
                .asException();
    }

    private void requirePrivate() throws IOException {
        Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(path));
        others.removeAll(OWNER);
        if (!others.isEmpty()) {
            throw unreadable("others than its owner may use it; if nobody has, run: chmod 600 " + path);
        }
    }

    private void requireMatch(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        if (!(certificate.getPublicKey() instanceof ECPublicKey) || !KeyPairs.match(key, certificate.getPublicKey())) {
            throw unreadable("its key and its certificate do not belong together");
        }
    }

    private byte[] decode(String pem, Pattern block) {
        Matcher matcher = block.matcher(pem);
        if (!matcher.find()) {
            throw unreadable("it is cut off, or not a key with its certificate");
        }
        return Base64.getMimeDecoder().decode(matcher.group(1));
    }

    private static Pattern block(String type) {
        return Pattern.compile("-----BEGIN " + type + "-----\n([A-Za-z0-9+/=\n]+)-----END " + type + "-----\n");
    }
}
