package dev.gatehouse.proxy.listener;

import dev.gatehouse.proxy.tls.WebCertificateSource;

/** How a listener's connections are secured. */
public sealed interface Security {
    /** Not at all: on Unix sockets and loopback. */
    record Plain() implements Security {}

    /**
     * TLS with a web certificate; a client certificate is taken, and judged in HTTP.
     *
     * @param certificate what to show
     * @param http2 whether HTTP/2 is offered
     */
    record Web(WebCertificateSource certificate, boolean http2) implements Security {}

    /**
     * Mutual TLS between proxies: who is not a peer of the service does not get through the handshake.
     *
     * @param service the service that the snapshot names peers of
     */
    record Mesh(String service) implements Security {}
}
