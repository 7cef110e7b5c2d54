package dev.gatehouse.proxy.exchange;

import java.time.Duration;

/**
 * What bounds a proxy. Each has a default in {@link #defaults()}; durations have the resolution of {@link #TICK}.
 *
 * @param requestHeaderBytesMax request line and headers together; answered with 431 beyond
 * @param requestHeaderCountMax header lines
 * @param connectionsMax connections that one listener holds
 * @param streamsPerConnectionMax HTTP/2 streams at once on one connection
 * @param upstreamConnectionsMax connections to one upstream, for each event loop
 * @param handshakeTimeout TLS, both sides
 * @param headTimeout from a connection's (or the next request's) first byte until its head is complete
 * @param connectTimeout TCP connect to an upstream
 * @param firstByteTimeout from the request's last byte until the answer's head; our forge sends keep-alives, so silence means trouble
 * @param idleTimeout silence in the middle of an answer, from upstream or in taking it
 * @param bodyIdleTimeout silence in the middle of a request's body
 * @param keepAliveTimeout a connection without a request
 * @param upstreamKeepAliveTimeout a pooled connection without a request; shorter than the other end's {@code keepAliveTimeout}
 * @param connectionAgeMax after this a connection takes no more requests; certificates and policies must be able to take hold
 * @param drainBytesMax what is read and thrown away of a request that was answered early
 * @param drainTimeout for how long
 * @param drainKnownBytesMax the same where the caller is known: what a push may have; for as long as bytes come within {@code bodyIdleTimeout}
 * @param filterTimeout until the filters have decided, while nothing is awaited from the client
 * @param bodyHighWaterBytes bytes of a body held between the two legs before reading stops
 */
public record ProxyLimits(
        int requestHeaderBytesMax,
        int requestHeaderCountMax,
        int connectionsMax,
        int streamsPerConnectionMax,
        int upstreamConnectionsMax,
        Duration handshakeTimeout,
        Duration headTimeout,
        Duration connectTimeout,
        Duration firstByteTimeout,
        Duration idleTimeout,
        Duration bodyIdleTimeout,
        Duration keepAliveTimeout,
        Duration upstreamKeepAliveTimeout,
        Duration connectionAgeMax,
        long drainBytesMax,
        Duration drainTimeout,
        long drainKnownBytesMax,
        Duration filterTimeout,
        int bodyHighWaterBytes) {

    /** How often deadlines are looked at. One timer for each event loop serves all its connections, so a request costs none. */
    public static final Duration TICK = Duration.ofMillis(100);

    private static final int HEADER_BYTES_LEAST = 1024;

    /** @throws IllegalArgumentException where a limit cannot work */
    public ProxyLimits {
        if (requestHeaderBytesMax < HEADER_BYTES_LEAST) {
            throw new IllegalArgumentException("requestHeaderBytesMax is below " + HEADER_BYTES_LEAST);
        }
        if (upstreamKeepAliveTimeout.compareTo(keepAliveTimeout) >= 0) {
            throw new IllegalArgumentException("upstreamKeepAliveTimeout must be shorter than keepAliveTimeout");
        }
    }

    /** Fit for Git: large bodies, long silences while a pack is counted, no limit on the whole. */
    public static ProxyLimits defaults() {
        return new ProxyLimits(
                64 * 1024,
                128,
                16_384,
                128,
                1024,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(120),
                Duration.ofSeconds(120),
                Duration.ofSeconds(60),
                Duration.ofSeconds(75),
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                64L * 1024 * 1024,
                Duration.ofSeconds(10),
                2L * 1024 * 1024 * 1024,
                Duration.ofSeconds(30),
                512 * 1024);
    }
}
