package dev.gatehouse.control;

import com.google.protobuf.ByteString;
import dev.gatehouse.control.audit.AuditStore;
import dev.gatehouse.control.audit.LogEntry;
import dev.gatehouse.core.trace.TraceId;
import dev.gatehouse.proto.v1.AuditEntry;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sends records to one operator.
 *
 * <p>Design note. Threads: a virtual thread of its own makes all calls of the observer; gRPC's threads only release {@link #ready}. It waits
 * there while the operator's side takes nothing more, and in the store while nothing more comes; each wait ends after {@link #LOOK_AGAIN}, so
 * that a cancelled call is let go.
 */
final class AuditTail implements Runnable {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final AuditStore audit;
    private final ServerCallStreamObserver<AuditEntry> observer;
    private final List<LogEntry> first;
    private final long newestBefore;
    private final Optional<TraceId> trace;
    private final boolean follow;
    private final Semaphore ready = new Semaphore(0);

    /**
     * Prepares one answer.
     *
     * @param first what is sent at once
     * @param newestBefore the newest ordinal before {@code first} was read; what is followed begins after it
     * @param trace only records of this request; empty for all
     * @param follow whether to go on
     */
    AuditTail(
            AuditStore audit,
            ServerCallStreamObserver<AuditEntry> observer,
            List<LogEntry> first,
            long newestBefore,
            Optional<TraceId> trace,
            boolean follow) {
        this.audit = audit;
        this.observer = observer;
        this.first = first;
        this.newestBefore = newestBefore;
        this.trace = trace;
        this.follow = follow;
    }

    /** Called on the thread of the call's start, before its handler returns. */
    void start() {
        observer.setOnReadyHandler(ready::release);
        observer.setOnCancelHandler(ready::release);
        Thread.ofVirtual().name("audit-tail").start(this);
    }

    @Override
    public void run() {
        try {
            long last = send(first, newestBefore);
            long generation;
            do {
                // Read before the log: what comes in between is not waited for.
                generation = audit.generation();
                last = follow ? sendAllAfter(last) : last;
            } while (follow && !observer.isCancelled() && audit.awaitMore(generation, LOOK_AGAIN));
            if (!observer.isCancelled()) {
                observer.onCompleted();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (!observer.isCancelled()) {
                Calls.fail(observer, e);
            }
        }
    }

    private long sendAllAfter(long ordinal) throws InterruptedException {
        long last = ordinal;
        while (!observer.isCancelled()) {
            List<LogEntry> next = audit.after(last);
            if (next.isEmpty()) {
                return last;
            }
            last = send(next, last);
        }
        return last;
    }

    private long send(List<LogEntry> entries, long lastBefore) throws InterruptedException {
        long last = lastBefore;
        for (LogEntry entry : entries) {
            while (!observer.isReady() && !observer.isCancelled()) {
                ready.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
            if (observer.isCancelled()) {
                return last;
            }
            if (trace.isEmpty() || entry.isOf(trace.get())) {
                observer.onNext(AuditEntry.newBuilder()
                        .setNode(entry.node())
                        .setJournal(entry.journal())
                        .setSequence(entry.sequence())
                        .setRecord(ByteString.copyFrom(entry.record()))
                        .build());
            }
            last = Math.max(last, entry.ordinal());
        }
        return last;
    }
}
