package dev.gatehouse.proxy.listener;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.proxy.tls.MeshTls;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long one connection may go on: until it is too old, its TLS generation was replaced, or the listener stops; then it ends between two
 * requests: the last answer says so. An idle connection is left to its timeout, because a request may be on its way; closing it would lose that.
 * On the connection's event loop.
 */
final class ConnectionLifetime {
    private final Connections connections;
    private final ListenerContext.Loop loop;
    private final long ageNanosMax;
    private final long openedNanos;
    private final @Nullable MeshTls tls;
    private final long generation;

    ConnectionLifetime(Connections connections, ListenerContext listener, ListenerContext.Loop loop) {
        this.connections = connections;
        this.loop = loop;
        this.ageNanosMax = listener.limits().connectionAgeMax().toNanos();
        this.openedNanos = loop.context().coarseNanos();
        this.tls = listener.settings().security() instanceof Security.Mesh
                ? listener.mesh().orElse(null)
                : null;
        this.generation = tls == null ? 0 : tls.generation().number();
    }

    void opened(ServerConnection connection) {
        connections.opened(connection, loop);
    }

    void closed(ServerConnection connection) {
        connections.closed(connection, loop);
    }

    /** Whether another request may follow. */
    boolean mayContinue() {
        return !connections.stopping()
                && loop.context().coarseNanos() - openedNanos < ageNanosMax
                && (tls == null || tls.generation().number() == generation);
    }

    /** Why not even this request is taken; empty where it is. */
    Optional<Failure> refusal() {
        return connections.stopped() ? Optional.of(TrafficCause.SHUTTING_DOWN.with()) : Optional.empty();
    }
}
