package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.snapshot.Route;

/** Where a request is sent. Compared by value: connections are pooled by it. */
public sealed interface Upstream {
    /** The name of the service, for causes. */
    String service();

    /** Host and port, or the path of a Unix socket. */
    String address();

    /**
     * The service's sidecar, over mutual TLS.
     *
     * @param route whose identity the other end must have
     */
    record Sidecar(Route route) implements Upstream {
        @Override
        public String service() {
            return route.service();
        }

        @Override
        public String address() {
            return route.host() + ":" + route.port();
        }
    }

    /** An application on plain TCP, on this machine. */
    record Tcp(String service, String host, int port) implements Upstream {
        @Override
        public String address() {
            return host + ":" + port;
        }
    }

    /** An application on a Unix socket. */
    record UnixSocket(String service, String path) implements Upstream {
        @Override
        public String address() {
            return path;
        }
    }
}
