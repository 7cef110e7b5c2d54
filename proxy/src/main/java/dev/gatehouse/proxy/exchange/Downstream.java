package dev.gatehouse.proxy.exchange;

import java.util.Optional;

/**
 * The connection a request came through.
 *
 * @param address host and port of the other end; the listener's path for a Unix socket
 * @param tls what was negotiated; empty without TLS
 * @param peer who is at the other end, as far as the connection shows it
 */
public record Downstream(String address, Optional<TlsParameters> tls, Peer peer) {
    /**
     * What TLS negotiated.
     *
     * @param protocol such as {@code TLSv1.3}
     * @param cipher such as {@code TLS_AES_128_GCM_SHA256}
     */
    public record TlsParameters(String protocol, String cipher) {
        @Override
        public String toString() {
            return protocol + " " + cipher;
        }
    }
}
