package dev.gatehouse.app.agent;

import dev.gatehouse.app.data.PrivateFiles;
import dev.gatehouse.core.cause.PolicyCause;
import dev.gatehouse.core.snapshot.Snapshot;
import dev.gatehouse.core.snapshot.SnapshotSource;
import dev.gatehouse.core.snapshot.TrustBundle;
import dev.gatehouse.proto.v1.NodeServiceGrpc;
import dev.gatehouse.proto.v1.Resource;
import dev.gatehouse.proto.v1.WatchRequest;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest snapshot that control sent, or the last one that this node had where control cannot be reached.
 *
 * <p>Design: gRPC's callbacks hand each resource to the agent's thread, which alone changes the set, makes the snapshot, keeps it on disk and
 * tells the listeners. Any thread reads {@code current}. Invariant: a snapshot is complete; a resource that cannot be used changes nothing.
 */
final class SnapshotFeed implements SnapshotSource {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFeed.class);
    private static final Duration RETRY_FIRST = Duration.ofMillis(200);
    private static final Duration RETRY_LAST = Duration.ofSeconds(15);

    private final Channel channel;
    private final Path file;
    private final ScheduledExecutorService thread;
    private final Backoff backoff;
    private final ResourceSet resources = new ResourceSet();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);
    private volatile @Nullable Snapshot current;
    private volatile boolean connected;

    SnapshotFeed(Channel channel, Path file, ScheduledExecutorService thread, RandomGenerator random) {
        this.channel = channel;
        this.file = file;
        this.thread = thread;
        this.backoff = new Backoff(RETRY_FIRST, RETRY_LAST, random);
    }

    void start() {
        later(Duration.ZERO, () -> {
            loadKept();
            watch();
        });
    }

    /** Whether a snapshot came within {@code wait}. */
    boolean awaitFirst(Duration wait) throws InterruptedException {
        return first.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether control is connected now. */
    boolean connected() {
        return connected;
    }

    /** The bundle of the newest snapshot. */
    Optional<TrustBundle> bundle() {
        return Optional.ofNullable(current).map(Snapshot::bundle);
    }

    @Override
    public Snapshot current() {
        Snapshot snapshot = current;
        if (snapshot == null) {
            throw PolicyCause.NO_POLICY_YET.with().asException();
        }
        return snapshot;
    }

    @Override
    public AutoCloseable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void watch() {
        NodeServiceGrpc.newStub(channel).watch(WatchRequest.getDefaultInstance(), new Watching());
    }

    private void take(Resource resource) {
        try {
            connected = true;
            backoff.reset();
            Optional<Snapshot> made = resources.take(resource);
            made.ifPresent(snapshot -> {
                keep();
                publish(snapshot);
            });
        } catch (RuntimeException e) {
            LOG.error("the resource {} cannot be used, the old one stays: {}", resource.getKindCase(), e.getMessage());
        }
    }

    private void publish(Snapshot snapshot) {
        current = snapshot;
        first.countDown();
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.error("a listener for snapshots failed", e);
            }
        }
    }

    private void lost(Throwable error) {
        Duration wait = backoff.next();
        if (connected || current == null) {
            LOG.warn("control is not connected, again in {} ms: {}", wait.toMillis(), error.getMessage());
        }
        connected = false;
        later(wait, this::watch);
    }

    private void keep() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            for (Resource resource : resources.all()) {
                resource.writeDelimitedTo(bytes);
            }
            PrivateFiles.write(file, Sealed.seal(bytes.toByteArray()));
        } catch (IOException | RuntimeException e) {
            LOG.warn("the snapshot cannot be kept for a restart without control: {}", e.getMessage());
        }
    }

    private void loadKept() {
        try {
            Optional<byte[]> kept = PrivateFiles.read(file);
            if (kept.isEmpty()) {
                return;
            }
            ByteArrayInputStream in = new ByteArrayInputStream(Sealed.open(kept.get()));
            Optional<Snapshot> snapshot = Optional.empty();
            while (in.available() > 0) {
                snapshot = resources.take(Resource.parseDelimitedFrom(in));
            }
            snapshot.ifPresent(this::publish);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be used, control is needed: {}", file, e.getMessage());
        }
    }

    private void later(Duration wait, Runnable step) {
        try {
            thread.schedule(step, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            LOG.debug("the agent is stopping", stopping);
        }
    }

    private final class Watching implements StreamObserver<Resource> {
        @Override
        public void onNext(Resource resource) {
            later(Duration.ZERO, () -> take(resource));
        }

        @Override
        public void onError(Throwable error) {
            later(Duration.ZERO, () -> lost(error));
        }

        @Override
        public void onCompleted() {
            later(Duration.ZERO, () -> lost(new IllegalStateException("control ended the stream")));
        }
    }
}
