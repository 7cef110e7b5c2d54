package dev.gatehouse.proxy.listener;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The open connections of one listener.
 *
 * <p>Design note. Each event loop has a set of its own, touched by that loop alone; the map of sets is concurrent because loops come to it at their
 * own time. The count is kept from accept to close, so that the limit also holds for connections that still shake hands.
 */
final class Connections {
    private final int countMax;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<ListenerContext.Loop, Set<ServerConnection>> byLoop = new ConcurrentHashMap<>();
    private volatile boolean stopping;
    private volatile boolean stopped;

    Connections(int countMax) {
        this.countMax = countMax;
    }

    /** Counts one more; false where that is too many. */
    boolean admit() {
        if (count.incrementAndGet() > countMax) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Undoes {@link #admit}. */
    void leave() {
        count.decrementAndGet();
    }

    int count() {
        return count.get();
    }

    void opened(ServerConnection connection, ListenerContext.Loop loop) {
        byLoop.computeIfAbsent(loop, key -> new HashSet<>()).add(connection);
    }

    void closed(ServerConnection connection, ListenerContext.Loop loop) {
        Set<ServerConnection> open = byLoop.get(loop);
        if (open != null) {
            open.remove(connection);
        }
    }

    boolean stopping() {
        return stopping;
    }

    boolean stopped() {
        return stopped;
    }

    /** From any thread: no connection takes another request after the one it is at. */
    void stopGracefully() {
        stopping = true;
        forEach(ServerConnection::closeWhenDone);
    }

    /** From any thread: all close. */
    void stop() {
        stopping = true;
        stopped = true;
        forEach(ServerConnection::closeNow);
    }

    private void forEach(Consumer<ServerConnection> act) {
        byLoop.forEach((loop, open) ->
                loop.context().eventLoop().execute(() -> Set.copyOf(open).forEach(act)));
    }
}
