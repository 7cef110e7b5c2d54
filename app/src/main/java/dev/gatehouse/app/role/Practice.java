package dev.gatehouse.app.role;

import dev.gatehouse.app.data.PrivateFiles;
import dev.gatehouse.control.access.IssuedToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few requests as git makes them, so that their classes are loaded and their paths known. What they answer does not matter here. */
final class Practice {
    private static final Logger LOG = LoggerFactory.getLogger(Practice.class);
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int ROUNDS = 5;

    private Practice() {}

    static void use(OneProcess process) {
        try {
            SSLContext tls = trusting(process.webAuthority());
            IssuedToken token = process.administration().issueToken("practice", "alice", Optional.empty(), "practice");
            String credential = Base64.getEncoder()
                    .encodeToString(("alice:" + token.token().secret()).getBytes(StandardCharsets.US_ASCII));
            for (int round = 0; round < ROUNDS; round++) {
                get(tls, process, "/demo/hello.git/info/refs?service=git-upload-pack", "");
                get(tls, process, "/demo/hello.git/info/refs?service=git-upload-pack", credential);
                get(tls, process, "/demo/hello.git/info/refs?service=git-receive-pack", credential);
                get(tls, process, "/demo/hello", "");
            }
        } catch (IOException | GeneralSecurityException e) {
            LOG.warn("the practice did not go through", e);
        }
    }

    private static void get(SSLContext tls, OneProcess process, String path, String credential) throws IOException {
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory()
                .createSocket(
                        process.address().listen().host(),
                        process.address().listen().port())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            String request = "GET " + path + " HTTP/1.1\r\nHost: "
                    + process.address().url().getAuthority()
                    + "\r\nGit-Protocol: version=2\r\nConnection: close\r\n"
                    + (credential.isEmpty() ? "" : "Authorization: Basic " + credential + "\r\n") + "\r\n";
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static SSLContext trusting(Path authority) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        byte[] pem = PrivateFiles.read(authority).orElseThrow(() -> new IOException(authority + " is not there"));
        store.setCertificateEntry(
                "web", CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
