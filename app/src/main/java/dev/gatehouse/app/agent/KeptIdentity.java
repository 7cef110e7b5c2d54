package dev.gatehouse.app.agent;

import dev.gatehouse.app.data.PrivateFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's identity in a file (mode 0600), so that its own restart does not need control. A file that cannot be read counts as none. */
record KeptIdentity(Path file) implements RenewedCertificate.Keep {
    private static final Logger LOG = LoggerFactory.getLogger(KeptIdentity.class);
    private static final int CHAIN_LENGTH_MAX = 10;

    @Override
    public Optional<Certified> load() {
        return PrivateFiles.read(file).flatMap(content -> {
            try {
                return Optional.of(decode(Sealed.open(content)));
            } catch (IOException | GeneralSecurityException e) {
                LOG.warn("{} cannot be read, a new identity is asked for: {}", file, e.getMessage());
                return Optional.empty();
            }
        });
    }

    @Override
    public void store(Certified certified) {
        try {
            PrivateFiles.write(file, Sealed.seal(encode(certified)));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a key of our own cannot be encoded", e);
        }
    }

    private static byte[] encode(Certified certified) throws IOException, GeneralSecurityException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        write(out, certified.key().getEncoded());
        out.writeInt(certified.chain().size());
        for (X509Certificate certificate : certified.chain()) {
            write(out, certificate.getEncoded());
        }
        return bytes.toByteArray();
    }

    private static Certified decode(byte[] content) throws IOException, GeneralSecurityException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(read(in)));
        int length = in.readInt();
        if (length < 1 || length > CHAIN_LENGTH_MAX) {
            throw new IOException("a chain of " + length);
        }
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> chain = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(read(in))));
        }
        return new Certified(key, chain);
    }

    private static void write(DataOutputStream out, byte[] item) throws IOException {
        out.writeInt(item.length);
        out.write(item);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] item = length < 0 || length > in.available() ? new byte[0] : in.readNBytes(length);
        if (item.length != length) {
            throw new IOException("it is cut off");
        }
        return item;
    }
}
