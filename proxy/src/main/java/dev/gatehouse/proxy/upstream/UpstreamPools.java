package dev.gatehouse.proxy.upstream;

import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.core.trace.TraceId;
import dev.gatehouse.proxy.exchange.LoopContext;
import dev.gatehouse.proxy.exchange.Upstream;
import dev.gatehouse.proxy.exchange.UpstreamConnector;
import dev.gatehouse.proxy.exchange.UpstreamEvents;
import dev.gatehouse.proxy.tls.MeshTls;
import dev.gatehouse.proxy.tls.TlsGeneration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pools of one event loop: idle connections by upstream, the last used first, so that the rest can age out.
 *
 * <p>Design note. Touched by its event loop alone. Invariant: an idle connection is open, carries nothing, and was made with the TLS generation it
 * is still checked against when taken.
 */
public final class UpstreamPools implements UpstreamConnector {
    private final LoopContext loop;
    private final UpstreamEnvironment environment;
    private final Map<Upstream, Pool> pools = new HashMap<>();

    /** The connections to one upstream. */
    private static final class Pool {
        private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
        private int connections;
    }

    /** The pools of {@code loop}. */
    public UpstreamPools(LoopContext loop, UpstreamEnvironment environment) {
        this.loop = loop;
        this.environment = environment;
    }

    @Override
    public Runnable open(Upstream upstream, boolean fresh, TraceId trace, UpstreamEvents events) {
        Pool pool = pools.computeIfAbsent(upstream, key -> new Pool());
        if (!fresh) {
            for (UpstreamConnection idle = pool.idle.pollLast(); idle != null; idle = pool.idle.pollLast()) {
                if (idle.usable(generationNumber(upstream))) {
                    idle.take(events);
                    return () -> {};
                }
                idle.close();
            }
        }
        int limit = environment.limits().upstreamConnectionsMax();
        if (pool.connections >= limit) {
            events.onUpstreamFailed(
                    TrafficCause.CONNECTION_LIMIT.with(
                            "what",
                            "the connections to " + upstream.service(),
                            "limit",
                            Integer.toString(limit),
                            "setting",
                            "limits.upstream-connections"),
                    false);
            return () -> {};
        }
        pool.connections++;
        return new UpstreamDialer(loop, environment, this, upstream, trace, events).dial();
    }

    /** The connection that was counted for {@code upstream} is gone, or was never made. */
    void gone(Upstream upstream, @Nullable UpstreamConnection connection) {
        Pool pool = pools.get(upstream);
        if (pool != null) {
            pool.connections--;
            if (connection != null) {
                pool.idle.remove(connection);
            }
            if (pool.connections == 0 && pool.idle.isEmpty()) {
                pools.remove(upstream);
            }
        }
    }

    /** A connection carries nothing any more. Returns false where it should be closed instead. */
    boolean idle(UpstreamConnection connection) {
        Pool pool = pools.get(connection.upstream());
        if (pool == null || !connection.usable(generationNumber(connection.upstream()))) {
            return false;
        }
        pool.idle.addLast(connection);
        return true;
    }

    /** Closes what is idle; what is busy closes when it is done, if the loop is still there. */
    public void closeIdle() {
        for (Pool pool : pools.values().toArray(Pool[]::new)) {
            for (UpstreamConnection idle = pool.idle.pollLast(); idle != null; idle = pool.idle.pollLast()) {
                idle.close();
            }
        }
    }

    private long generationNumber(Upstream upstream) {
        return upstream instanceof Upstream.Sidecar
                ? environment
                        .tls()
                        .map(MeshTls::generation)
                        .map(TlsGeneration::number)
                        .orElse(0L)
                : 0;
    }
}
