package dev.gatehouse.git;

import dev.gatehouse.core.git.PktLineBoundary;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An answer that does not fall silent: once it is known to be multiplexed, an empty side-band packet is sent whenever nothing else was for a
 * while, so that no proxy on the way takes the silence of a long count or check for a dead server.
 *
 * <p>Threads: the request's thread writes; a virtual thread of this object's own adds the packets. {@code lock} guards the stream and all
 * fields. Invariant: nothing is added but between two pkt-lines.
 */
final class PulsedOutput extends OutputStream {
    private static final byte[] EMPTY_PACKET = {'0', '0', '0', '5', 1};

    private final OutputStream out;
    private final long halfPulseNanos;
    private final PktLineBoundary boundary = new PktLineBoundary();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private boolean multiplexed;
    private boolean over;
    private boolean written;
    private long bytes;
    private @Nullable IOException broken;

    PulsedOutput(OutputStream out, Duration pulse) {
        this.out = out;
        this.halfPulseNanos = Math.max(1, pulse.toNanos() / 2);
    }

    /** From now on the answer is a side-band stream. */
    void startSideBand() {
        lock.lock();
        try {
            if (multiplexed || over) {
                return;
            }
            multiplexed = true;
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("side-band-pulse").start(this::pulse);
    }

    /** Whether {@link #startSideBand} was called. */
    boolean isSideBand() {
        lock.lock();
        try {
            return multiplexed;
        } finally {
            lock.unlock();
        }
    }

    /** The end of the pulses; the stream itself stays open. */
    void end() {
        lock.lock();
        try {
            over = true;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes written so far. */
    long bytesWritten() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the client can no longer be reached. */
    boolean isBroken() {
        lock.lock();
        try {
            return broken != null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a whole pkt-line has just ended, so that another may follow. */
    boolean atBoundary() {
        lock.lock();
        try {
            return boundary.atBoundary();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] content, int from, int length) throws IOException {
        lock.lock();
        try {
            send(content, from, length);
            written = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() throws IOException {
        lock.lock();
        try {
            out.flush();
        } catch (IOException failed) {
            broken = failed;
            throw failed;
        } finally {
            lock.unlock();
        }
    }

    private void pulse() {
        lock.lock();
        try {
            while (!over && broken == null) {
                boolean signalled = ended.awaitNanos(halfPulseNanos) > 0;
                if (!signalled && !over && !written && boundary.atBoundary()) {
                    send(EMPTY_PACKET, 0, EMPTY_PACKET.length);
                    out.flush();
                }
                written = false;
            }
        } catch (IOException failed) {
            broken = failed;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void send(byte[] content, int from, int length) throws IOException {
        if (broken != null) {
            throw new IOException("the client is gone", broken);
        }
        try {
            out.write(content, from, length);
        } catch (IOException failed) {
            broken = failed;
            throw failed;
        }
        boundary.feed(ByteBuffer.wrap(content, from, length));
        bytes += length;
    }
}
