package dev.gatehouse.proxy.testing;

import dev.gatehouse.proxy.tls.Svid;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The JDK's HTTP client, trusting one root, with or without a certificate of its own. */
public final class TestClients {
    private TestClients() {}

    public static HttpClient http(HttpClient.Version version, X509Certificate root, Optional<Svid> identity) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(tls(root, identity))
                .build();
    }

    public static SSLContext tls(X509Certificate root, Optional<Svid> identity) {
        try {
            KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
            roots.load(null, null);
            roots.setCertificateEntry("root", root);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(roots);
            KeyManager[] keys = new KeyManager[0];
            if (identity.isPresent()) {
                Svid svid = identity.get();
                KeyStore own = KeyStore.getInstance(KeyStore.getDefaultType());
                own.load(null, null);
                own.setKeyEntry("own", svid.key(), new char[0], svid.chain().toArray(X509Certificate[]::new));
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(own, new char[0]);
                keys = factory.getKeyManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException cannotBuild) {
            throw new AssertionError(cannotBuild);
        }
    }
}
