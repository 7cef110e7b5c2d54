package dev.gatehouse.spool;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written.
 *
 * <p>Design: a bounded ring, many producers, one consumer (after Vyukov's bounded queue). A producer takes a position by compare-and-set on
 * {@code tail}, fills that slot's fields, and publishes it by writing position + 1 into {@code published}. The slots are made once, so an offer
 * allocates nothing. The consumer, the journal's writer, owns [{@code head}, {@link #publishedEnd}): it reads slots without giving them back, and
 * gives them back by {@link #release} only when their records are synced. So the ring is also what is written again after a disk error.
 * Invariant: a slot's fields are touched by its producer before it is published, by the consumer until it is released, and by nobody else.
 */
final class RecordQueue {
    private final Slot[] slots;
    private final AtomicLongArray published;
    private final int mask;
    private final long bytesMax;
    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile long head;

    RecordQueue(int capacity, long bytesMax) {
        this.mask = capacity - 1;
        this.bytesMax = bytesMax;
        this.slots = new Slot[capacity];
        this.published = new AtomicLongArray(capacity);
        for (int i = 0; i < capacity; i++) {
            slots[i] = new Slot();
        }
    }

    /** Takes a record, or refuses it where there is no room. An empty {@code record} is a mark that only its ticket cares about. */
    boolean offer(byte[] record, long traceHigh, long traceLow, int kind, @Nullable Ticket ticket) {
        if (bytes.addAndGet(record.length) > bytesMax && record.length < bytes.get()) {
            bytes.addAndGet(-record.length);
            return false;
        }
        long position;
        do {
            position = tail.get();
            if (position - head > mask) {
                bytes.addAndGet(-record.length);
                return false;
            }
        } while (!tail.compareAndSet(position, position + 1));
        Slot slot = slots[(int) position & mask];
        slot.record = record;
        slot.traceHigh = traceHigh;
        slot.traceLow = traceLow;
        slot.kind = kind;
        slot.ticket = ticket;
        published.setRelease((int) position & mask, position + 1);
        return true;
    }

    /** Whether the writer should come before its time. */
    boolean isHalfFull() {
        return tail.get() - head > mask / 2 || bytes.get() > bytesMax / 2;
    }

    boolean isEmpty() {
        return tail.get() == head;
    }

    long head() {
        return head;
    }

    /** The position after the last slot that can be read without waiting for a producer. */
    long publishedEnd() {
        long end = head;
        long limit = tail.get();
        while (end < limit && published.getAcquire((int) end & mask) == end + 1) {
            end++;
        }
        return end;
    }

    /** The consumer's view of one position. */
    Slot slot(long position) {
        return slots[(int) position & mask];
    }

    /** Gives back all slots before {@code end}. */
    void release(long end) {
        long released = 0;
        for (long position = head; position < end; position++) {
            Slot slot = slots[(int) position & mask];
            released += slot.record.length;
            slot.clear();
        }
        bytes.addAndGet(-released);
        head = end;
    }

    /** Makes the slot one that is not written. */
    void drop(Slot slot) {
        bytes.addAndGet(-slot.record.length);
        slot.clear();
    }

    /** One record, or none. */
    static final class Slot {
        private static final byte[] NONE = {};

        byte[] record = NONE;
        long traceHigh;
        long traceLow;
        int kind;
        long sequence;

        @Nullable
        Ticket ticket;

        boolean hasRecord() {
            return record.length > 0;
        }

        private void clear() {
            record = NONE;
            ticket = null;
        }
    }
}
