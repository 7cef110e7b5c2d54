package dev.gatehouse.git;

import dev.gatehouse.core.cause.RepositoryCause;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets a few packs at a time be made without bitmaps: each walks the history and holds what it finds on the heap, and eight at once took three
 * times as long as one after the other.
 *
 * <p>Threads: any. Places are given in the order they were asked for; the queue is bounded, and so is the wait.
 */
final class PackAdmission {
    private final Semaphore places;
    private final AtomicInteger waiting = new AtomicInteger();
    private final int queueMax;
    private final Duration wait;

    PackAdmission(int places, int queueMax, Duration wait) {
        this.places = new Semaphore(places, true);
        this.queueMax = queueMax;
        this.wait = wait;
    }

    /** The place of one pack; closing it lets the next one in. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for a place.
     *
     * @param queued called once where there is none at once
     * @throws dev.gatehouse.core.cause.FailureException where the queue is full, or the wait too long
     */
    Place enter(Runnable queued) {
        if (places.tryAcquire()) {
            return places::release;
        }
        if (waiting.incrementAndGet() > queueMax) {
            waiting.decrementAndGet();
            throw busy("too many clones wait for their turn");
        }
        try {
            queued.run();
            if (!places.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy("no turn within " + wait.toSeconds() + " s");
            }
            return places::release;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw RepositoryCause.INTERRUPTED.with().asException();
        } finally {
            waiting.decrementAndGet();
        }
    }

    private static RuntimeException busy(String detail) {
        return RepositoryCause.BUSY.with("detail", detail).asException();
    }
}
