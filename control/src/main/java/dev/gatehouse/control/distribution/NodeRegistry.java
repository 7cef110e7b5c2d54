package dev.gatehouse.control.distribution;

import dev.gatehouse.core.identity.SpiffeId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The nodes that were heard of since this process started. Threads: any; guarded by this object's monitor. */
public final class NodeRegistry {
    /** Each is an identity that we issued, so there are few; beyond this the one that was heard of longest ago is forgotten. */
    private static final int NODES_MAX = 10_000;

    private final InstantSource clock;
    private final Map<SpiffeId, Node> nodes = new LinkedHashMap<>(16, 0.75f, true);

    /** @param clock what "last seen" is told by */
    public NodeRegistry(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A node.
     *
     * @param id who it is
     * @param streams how many streams it watches on
     * @param lastSeenAt when it last asked or sent anything
     * @param svidNotAfter when the newest identity that it was issued stops counting
     * @param auditStoredThrough how far its newest journal is stored; 0 where nothing came
     */
    public record Node(
            SpiffeId id, int streams, Instant lastSeenAt, Optional<Instant> svidNotAfter, long auditStoredThrough) {
        /** Whether it gets changes at this moment. */
        public boolean connected() {
            return streams > 0;
        }
    }

    /** A stream of the node began. */
    public void streamBegan(SpiffeId id) {
        update(
                id,
                node -> new Node(
                        id, node.streams() + 1, node.lastSeenAt(), node.svidNotAfter(), node.auditStoredThrough()));
    }

    /** A stream of the node ended. */
    public void streamEnded(SpiffeId id) {
        update(
                id,
                node -> new Node(
                        id,
                        Math.max(0, node.streams() - 1),
                        node.lastSeenAt(),
                        node.svidNotAfter(),
                        node.auditStoredThrough()));
    }

    /** The node was issued an identity. */
    public void svidIssued(SpiffeId id, Instant notAfter) {
        update(
                id,
                node -> new Node(
                        id, node.streams(), node.lastSeenAt(), Optional.of(notAfter), node.auditStoredThrough()));
    }

    /** The node's journal is stored so far. */
    public void auditStored(SpiffeId id, long through) {
        update(id, node -> new Node(id, node.streams(), node.lastSeenAt(), node.svidNotAfter(), through));
    }

    /** All nodes, by name. */
    public synchronized List<Node> nodes() {
        return nodes.values().stream()
                .sorted(java.util.Comparator.comparing(node -> node.id().toString()))
                .toList();
    }

    private synchronized void update(SpiffeId id, UnaryOperator<Node> change) {
        Node before = nodes.getOrDefault(id, new Node(id, 0, clock.instant(), Optional.empty(), 0));
        Node after = change.apply(before);
        nodes.put(id, new Node(id, after.streams(), clock.instant(), after.svidNotAfter(), after.auditStoredThrough()));
        if (nodes.size() > NODES_MAX) {
            nodes.remove(nodes.keySet().iterator().next());
        }
    }
}
