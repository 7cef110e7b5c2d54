package dev.gatehouse.app.role;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits for SIGTERM or SIGINT. The JVM ends when its shutdown hooks have ended, so the hook made here waits until everything was closed.
 */
final class StopSignal implements AutoCloseable {
    private static final long CLOSE_SECONDS_MAX = 60;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** From now on a signal is noticed, also during the start. */
    StopSignal() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            asked.countDown();
            try {
                if (!closed.await(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                    System.err.println("gatehouse: not everything could be stopped in time");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /** Blocks until the process is asked to stop. */
    void await() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything is closed: the process may end. */
    @Override
    public void close() {
        closed.countDown();
    }
}
