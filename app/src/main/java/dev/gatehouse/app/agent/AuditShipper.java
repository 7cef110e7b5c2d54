package dev.gatehouse.app.agent;

import com.google.protobuf.ByteString;
import dev.gatehouse.proto.v1.AuditBatch;
import dev.gatehouse.proto.v1.AuditReceipt;
import dev.gatehouse.proto.v1.NodeServiceGrpc;
import dev.gatehouse.spool.Spool;
import dev.gatehouse.spool.SpoolBatch;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ships the journal to control, in order, at least once.
 *
 * <p>Design: everything happens on the agent's thread; gRPC's callbacks only hand over to it. One batch is under way at a time: the next is read
 * when the receipt of the last is here. Invariant: what is acknowledged to the journal, control has stored.
 */
final class AuditShipper {
    private static final Logger LOG = LoggerFactory.getLogger(AuditShipper.class);
    private static final int BATCH_RECORDS_MAX = 512;
    private static final int BATCH_BYTES_MAX = 1 << 20;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Duration RETRY_FIRST = Duration.ofMillis(500);
    private static final Duration RETRY_LAST = Duration.ofSeconds(30);

    private final Spool spool;
    private final Channel channel;
    private final ScheduledExecutorService thread;
    private final Backoff backoff;
    private @Nullable StreamObserver<AuditBatch> stream;

    AuditShipper(Spool spool, Channel channel, ScheduledExecutorService thread, RandomGenerator random) {
        this.spool = spool;
        this.channel = channel;
        this.thread = thread;
        this.backoff = new Backoff(RETRY_FIRST, RETRY_LAST, random);
    }

    void start() {
        later(Duration.ZERO, this::shipNext);
    }

    private void shipNext() {
        try {
            SpoolBatch batch =
                    spool.reader().read(spool.status().shippedThrough() + 1, BATCH_RECORDS_MAX, BATCH_BYTES_MAX);
            if (batch.records().isEmpty()) {
                later(LOOK_AGAIN, this::shipNext);
                return;
            }
            AuditBatch.Builder message =
                    AuditBatch.newBuilder().setJournal(batch.journal()).setFirstSequence(batch.firstSequence());
            batch.records().forEach(record -> message.addRecords(ByteString.copyFrom(record)));
            StreamObserver<AuditBatch> open = stream;
            if (open == null) {
                open = NodeServiceGrpc.newStub(channel).shipAudit(new Receipts());
                stream = open;
            }
            open.onNext(message.build());
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void stored(long through) {
        try {
            backoff.reset();
            spool.acknowledge(through);
            shipNext();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(Throwable error) {
        stream = null;
        Duration wait = backoff.next();
        LOG.warn("the audit journal is not shipped, again in {} ms: {}", wait.toMillis(), error.getMessage());
        later(wait, this::shipNext);
    }

    private void later(Duration wait, Runnable step) {
        try {
            thread.schedule(step, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            LOG.debug("the agent is stopping", stopping);
        }
    }

    private final class Receipts implements StreamObserver<AuditReceipt> {
        @Override
        public void onNext(AuditReceipt receipt) {
            later(Duration.ZERO, () -> stored(receipt.getStoredThroughSequence()));
        }

        @Override
        public void onError(Throwable error) {
            later(Duration.ZERO, () -> failed(error));
        }

        @Override
        public void onCompleted() {
            later(Duration.ZERO, () -> failed(new IllegalStateException("control ended the stream")));
        }
    }
}
