package dev.gatehouse.app.transport;

import dev.gatehouse.app.agent.Certified;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.snapshot.TrustBundle;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Mutual TLS between nodes and control. Every handshake shows the newest identity and checks against the newest bundle. The JDK's TLS is used, with
 * session tickets off for the whole process, so that no handshake is skipped (a resumed session keeps the identity it began with).
 */
final class NodeTls {
    private static final String ALIAS = "node";

    private NodeTls() {}

    static SslContext server(Supplier<Certified> identity, Supplier<TrustBundle> bundle, Predicate<SpiffeId> allowed) {
        return build(
                SslContextBuilder.forServer(new Identity(identity)).clientAuth(ClientAuth.REQUIRE), bundle, allowed);
    }

    static SslContext client(Supplier<Certified> identity, Supplier<TrustBundle> bundle, Predicate<SpiffeId> allowed) {
        return build(SslContextBuilder.forClient().keyManager(new Identity(identity)), bundle, allowed);
    }

    private static SslContext build(
            SslContextBuilder builder, Supplier<TrustBundle> bundle, Predicate<SpiffeId> allowed) {
        try {
            return GrpcSslContexts.configure(builder, SslProvider.JDK)
                    .trustManager(new Peers(bundle, allowed))
                    .protocols("TLSv1.3")
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("the JDK has TLS 1.3", e);
        }
    }

    /** Shows what is the newest at each handshake. */
    private static final class Identity extends X509ExtendedKeyManager {
        private final Supplier<Certified> identity;

        Identity(Supplier<Certified> identity) {
            this.identity = identity;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseEngineClientAlias(String[] keyType, Principal[] issuers, SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return identity.get().chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identity.get().key();
        }
    }

    /** Takes X.509-SVIDs of our trust domain, and of those the ones that are allowed. */
    private static final class Peers extends X509ExtendedTrustManager {
        private final Supplier<TrustBundle> bundle;
        private final Predicate<SpiffeId> allowed;

        Peers(Supplier<TrustBundle> bundle, Predicate<SpiffeId> allowed) {
            this.bundle = bundle;
            this.allowed = allowed;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            SpiffeId id = PeerIdentity.verified(List.of(chain), bundle.get());
            if (!allowed.test(id)) {
                throw new CertificateException(id + " may not be here");
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
