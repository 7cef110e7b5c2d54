package dev.gatehouse.app.role;

import dev.gatehouse.app.agent.Certified;
import dev.gatehouse.app.agent.NodeAgent;
import dev.gatehouse.app.agent.RenewedCertificate;
import dev.gatehouse.app.configuration.Configuration;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.proxy.tls.WebCertificate;
import dev.gatehouse.proxy.tls.WebCertificateSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate that clients see: from the configured files, or from the web CA. */
final class WebCertificates {
    private static final Logger LOG = LoggerFactory.getLogger(WebCertificates.class);
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

    private WebCertificates() {}

    static WebCertificateSource of(Configuration.WebCertificate files, Path relativeTo, NodeAgent agent) {
        if (files.certificateFile().isPresent() && files.keyFile().isPresent()) {
            return new Fixed(read(
                    relativeTo.resolve(files.certificateFile().get()),
                    relativeTo.resolve(files.keyFile().get())));
        }
        return new Renewed(agent.webCertificate());
    }

    private record Fixed(WebCertificate current) implements WebCertificateSource {
        @Override
        public AutoCloseable onChange(Runnable listener) {
            return () -> {};
        }
    }

    private record Renewed(RenewedCertificate renewed) implements WebCertificateSource {
        @Override
        public WebCertificate current() {
            Certified certified = renewed.current();
            return new WebCertificate(certified.chain(), certified.key());
        }

        @Override
        public AutoCloseable onChange(Runnable listener) {
            return renewed.onChange(listener);
        }
    }

    private static WebCertificate read(Path certificateFile, Path keyFile) {
        return new WebCertificate(chain(certificateFile), key(keyFile));
    }

    private static List<X509Certificate> chain(Path file) {
        try {
            List<X509Certificate> chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (chain.isEmpty()) {
                throw unreadable(file, "it holds no certificate");
            }
            return chain;
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable(file, e.getClass().getSimpleName());
        }
    }

    private static PrivateKey key(Path file) {
        try {
            Matcher pem = PRIVATE_KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
            if (!pem.find()) {
                throw unreadable(file, "it holds no PKCS#8 key (-----BEGIN PRIVATE KEY-----)");
            }
            PKCS8EncodedKeySpec spec =
                    new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
            for (String algorithm : ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(spec);
                } catch (GeneralSecurityException another) {
                    LOG.debug("{} holds no {} key", file, algorithm, another);
                }
            }
            throw unreadable(file, "it holds no EC, RSA or Ed25519 key");
        } catch (IOException e) {
            throw unreadable(file, e.getClass().getSimpleName());
        }
    }

    private static FailureException unreadable(Path file, String detail) {
        return StartCause.DATA_UNREADABLE
                .with("path", file.toString(), "detail", detail)
                .asException();
    }
}
