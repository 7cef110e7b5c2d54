package dev.gatehouse.proxy.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;

/**
 * Makes TLS contexts, none of which resumes sessions: connections between proxies are pooled, so there is little to win, and a resumed session
 * would keep an identity alive that was replaced meanwhile. Towards browsers, the JDK's engine sends tickets unless
 * {@code jdk.tls.server.newSessionTicketCount} is 0, as the launcher sets it; what such a session says is judged again all the same.
 */
final class Contexts {
    private static final List<String> TLS_13_CIPHERS =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
    private static final List<String> TLS_12_CIPHERS = List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    private static final String TLS_13 = "TLSv1.3";
    private static final String TLS_12 = "TLSv1.2";

    private final TlsEngine engine;

    Contexts(TlsEngine engine) {
        this.engine = engine;
    }

    SslContext meshServer(Svid svid, TrustManager trust) {
        return build(SslContextBuilder.forServer(svid.key(), array(svid.chain()))
                .trustManager(trust)
                .clientAuth(ClientAuth.REQUIRE)
                .protocols(TLS_13)
                .ciphers(TLS_13_CIPHERS));
    }

    SslContext meshClient(Svid svid, TrustManager trust) {
        return build(SslContextBuilder.forClient()
                .keyManager(svid.key(), array(svid.chain()))
                .trustManager(trust)
                .endpointIdentificationAlgorithm(null)
                .protocols(TLS_13)
                .ciphers(TLS_13_CIPHERS));
    }

    SslContext webServer(PrivateKey key, List<X509Certificate> chain, boolean http2) {
        List<String> ciphers = new ArrayList<>(TLS_13_CIPHERS);
        ciphers.addAll(TLS_12_CIPHERS);
        List<String> protocols = http2
                ? List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1)
                : List.of(ApplicationProtocolNames.HTTP_1_1);
        return build(SslContextBuilder.forServer(key, array(chain))
                .trustManager(new AnyClientTrustManager())
                .clientAuth(ClientAuth.OPTIONAL)
                .protocols(TLS_13, TLS_12)
                .ciphers(ciphers)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        protocols)));
    }

    private SslContext build(SslContextBuilder builder) {
        try {
            SslContext context = builder.sslProvider(engine.provider()).build();
            SSLSessionContext sessions = context.sessionContext();
            if (sessions instanceof OpenSslSessionContext openSsl) {
                openSsl.setSessionCacheEnabled(false);
            } else {
                sessions.setSessionCacheSize(1);
                sessions.setSessionTimeout(1);
            }
            return context;
        } catch (SSLException cannotBuild) {
            throw new IllegalArgumentException("no TLS context can be made: " + cannotBuild.getMessage(), cannotBuild);
        }
    }

    private static X509Certificate[] array(List<X509Certificate> chain) {
        return chain.toArray(X509Certificate[]::new);
    }
}
