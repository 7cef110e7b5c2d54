package dev.gatehouse.proxy.tls;

import io.netty.handler.ssl.SslContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS towards browsers and git: a web certificate, any client certificate or none, HTTP/2 by ALPN.
 *
 * <p>Design note. One volatile reference, replaced whole by whichever thread reports a new certificate; read once per connection.
 */
public final class WebTls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebTls.class);

    private final Contexts contexts;
    private final WebCertificateSource certificates;
    private final boolean http2;
    private final AutoCloseable changes;
    private volatile SslContext current;

    /** @param http2 whether HTTP/2 is offered */
    public WebTls(TlsEngine engine, WebCertificateSource certificates, boolean http2) {
        this.contexts = new Contexts(engine);
        this.certificates = certificates;
        this.http2 = http2;
        this.current = context();
        this.changes = certificates.onChange(this::renew);
    }

    private SslContext context() {
        WebCertificate certificate = certificates.current();
        return contexts.webServer(certificate.key(), certificate.chain(), http2);
    }

    private synchronized void renew() {
        try {
            current = context();
        } catch (IllegalArgumentException unusable) {
            LOG.error("the new web certificate cannot be used; the old one stays in force", unusable);
        }
    }

    /** The newest context. */
    public SslContext server() {
        return current;
    }

    /** Stops listening to changes. */
    @Override
    public void close() {
        Subscription.end(changes);
    }
}
