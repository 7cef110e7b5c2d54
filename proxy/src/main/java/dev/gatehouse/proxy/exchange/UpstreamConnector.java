package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.trace.TraceId;

/** Opens ways to upstreams for the exchanges of one event loop, and on it. */
public interface UpstreamConnector {
    /**
     * Takes a connection from the pool or makes one, and tells {@code events} of it, at once or later.
     *
     * @param fresh never one that was used before
     * @param trace for the record of a handshake that fails
     * @return what stops waiting: {@link UpstreamEvents} hears nothing afterwards
     */
    Runnable open(Upstream upstream, boolean fresh, TraceId trace, UpstreamEvents events);
}
