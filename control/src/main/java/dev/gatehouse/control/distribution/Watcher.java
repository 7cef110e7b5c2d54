package dev.gatehouse.control.distribution;

import dev.gatehouse.proto.v1.Resource;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One node's stream. All calls of its observer are made under this object's monitor, for the observer is not safe for threads. */
final class Watcher {
    private final ResourceHub hub;
    private final Set<ResourceKind> kinds;
    private final ServerCallStreamObserver<Resource> observer;
    private final Map<ResourceKind, Long> sent = new EnumMap<>(ResourceKind.class);
    private boolean completed;

    Watcher(ResourceHub hub, Set<ResourceKind> kinds, ServerCallStreamObserver<Resource> observer) {
        this.hub = hub;
        this.kinds = kinds;
        this.observer = observer;
    }

    /** Sends what is newer than what was sent, as far as the stream takes it. */
    synchronized void send() {
        for (ResourceKind kind : kinds) {
            if (completed || observer.isCancelled() || !observer.isReady()) {
                return;
            }
            Optional<Resource> newest = hub.newest(kind);
            if (newest.isPresent() && newest.get().getVersion() > sent.getOrDefault(kind, 0L)) {
                observer.onNext(newest.get());
                sent.put(kind, newest.get().getVersion());
            }
        }
    }

    synchronized void complete() {
        if (!completed && !observer.isCancelled()) {
            completed = true;
            observer.onCompleted();
        }
    }
}
