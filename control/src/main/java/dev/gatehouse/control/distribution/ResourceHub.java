package dev.gatehouse.control.distribution;

import dev.gatehouse.core.snapshot.Revocations;
import dev.gatehouse.core.snapshot.Route;
import dev.gatehouse.core.snapshot.ServicePeers;
import dev.gatehouse.core.snapshot.TrustBundle;
import dev.gatehouse.proto.CertificateMapping;
import dev.gatehouse.proto.ResourceMapping;
import dev.gatehouse.proto.v1.PolicyResource;
import dev.gatehouse.proto.v1.Resource;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The newest version of each resource, and the watchers it is sent to.
 *
 * <p>Design note. Threads: any; nothing blocks but for short monitors. {@link #newest} is guarded by this object's monitor: a version is never
 * replaced by a lower one. Watchers have monitors of their own and are only called outside of it. A watcher reads the newest version at the
 * moment it can send, so a slow one skips what came between and never holds up another.
 */
public final class ResourceHub {
    private final InstantSource clock;
    private final Map<ResourceKind, Resource> newest = new EnumMap<>(ResourceKind.class);
    private final ConcurrentMap<Watcher, Boolean> watchers = new ConcurrentHashMap<>();

    /** @param clock lets versions rise over restarts without a database */
    public ResourceHub(InstantSource clock) {
        this.clock = clock;
    }

    /** The rules in force. */
    public void publishPolicy(long number, String file, String text) {
        publish(
                ResourceKind.POLICY,
                Resource.newBuilder()
                        .setPolicy(PolicyResource.newBuilder()
                                .setNumber(number)
                                .setFile(file)
                                .setText(text)));
    }

    /** Where requests go. */
    public void publishRoutes(List<Route> routes) {
        publish(ResourceKind.ROUTES, Resource.newBuilder().setRoutes(ResourceMapping.routesToMessage(routes)));
    }

    /** Who may connect to which service. */
    public void publishPeers(List<ServicePeers> peers) {
        publish(ResourceKind.PEERS, Resource.newBuilder().setPeers(ResourceMapping.peersToMessage(peers)));
    }

    /** Who vouches for identities. */
    public void publishBundle(TrustBundle bundle) {
        publish(ResourceKind.BUNDLE, Resource.newBuilder().setBundle(CertificateMapping.toMessage(bundle)));
    }

    /** What no longer counts. */
    public void publishRevocations(Revocations revocations) {
        publish(ResourceKind.REVOCATIONS, Resource.newBuilder().setRevocations(ResourceMapping.toMessage(revocations)));
    }

    /**
     * Sends the newest of each kind to {@code observer} and then each change, until it is cancelled or fails. Called on the thread of the call's
     * start, before its handler returns.
     *
     * @param kinds what the node needs
     * @param ended runs once when the stream is over
     */
    public void watch(Set<ResourceKind> kinds, ServerCallStreamObserver<Resource> observer, Runnable ended) {
        Watcher watcher = new Watcher(this, kinds, observer);
        watchers.put(watcher, true);
        Runnable end = () -> {
            if (watchers.remove(watcher) != null) {
                ended.run();
            }
        };
        observer.setOnCancelHandler(end);
        observer.setOnCloseHandler(end);
        observer.setOnReadyHandler(watcher::send);
        watcher.send();
    }

    /** Ends all streams: nodes reconnect elsewhere, or later. */
    public void close() {
        watchers.keySet().forEach(Watcher::complete);
    }

    synchronized Optional<Resource> newest(ResourceKind kind) {
        return Optional.ofNullable(newest.get(kind));
    }

    private void publish(ResourceKind kind, Resource.Builder content) {
        synchronized (this) {
            Optional<Resource> before = newest(kind);
            long versionBefore = before.map(Resource::getVersion).orElse(0L);
            if (before.isPresent()
                    && before.get().equals(content.setVersion(versionBefore).build())) {
                return;
            }
            newest.put(
                    kind,
                    content.setVersion(Math.max(versionBefore + 1, clock.millis()))
                            .build());
        }
        watchers.keySet().forEach(Watcher::send);
    }
}
