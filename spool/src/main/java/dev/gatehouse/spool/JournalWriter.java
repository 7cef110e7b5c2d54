package dev.gatehouse.spool;

import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.audit.OperatorRecord;
import dev.gatehouse.core.audit.OutcomeRecord;
import dev.gatehouse.core.cause.AuditCause;
import dev.gatehouse.core.cause.Failure;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what is queued, in groups.
 *
 * <p>Design: one thread owns the segment files and everything here that is not volatile. It sleeps until its interval is over or somebody
 * unparks it: who waits for a record does, who only records does not. Each round takes all that is queued, writes it, syncs once, and then
 * settles the tickets; while it syncs the next group gathers. A slot is given back only after its record is synced.
 *
 * <p>Invariant: numbers up to {@code syncedThrough} are durable, without a gap, and never given again; nobody is told of a number above it.
 *
 * <p>After an error everything since the last sync is cut off. Who waited is told that it failed, and their records are dropped, because they
 * will not do what they announced; all others stay queued, and so do outcomes, which are true all the same. Then the disk is tried again at an
 * interval, with a record that says how long the journal was out and how much was lost.
 */
final class JournalWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final String ACTOR = "gatehouse";

    private final SegmentWriter segments;
    private final RecordQueue queue;
    private final RecordEncoding encoding;
    private final SpoolLimits limits;
    private final InstantSource clock;
    private final String location;
    private final Map<String, IntentRecord> openIntents;
    private final Map<String, Long> openSequences;
    private final LongAdder lost;

    private volatile long syncedThrough;
    private volatile long shippedThrough;
    private volatile long unshippedBytes;
    private volatile Optional<Failure> broken = Optional.empty();
    private volatile boolean closing;
    private long retainedFor = -1;

    JournalWriter(
            Recovery.Recovered recovered,
            SegmentWriter segments,
            RecordQueue queue,
            RecordEncoding encoding,
            SpoolLimits limits,
            InstantSource clock,
            String location,
            LongAdder lost) {
        this.segments = segments;
        this.queue = queue;
        this.encoding = encoding;
        this.limits = limits;
        this.clock = clock;
        this.location = location;
        this.lost = lost;
        this.openIntents = new ConcurrentHashMap<>(recovered.openIntents());
        this.openSequences = new ConcurrentHashMap<>(recovered.openSequences());
        this.syncedThrough = recovered.lastSequence();
        this.shippedThrough = recovered.shippedThrough();
        this.unshippedBytes = segments.bytesAfter(shippedThrough, syncedThrough);
    }

    long syncedThrough() {
        return syncedThrough;
    }

    long shippedThrough() {
        return shippedThrough;
    }

    long unshippedBytes() {
        return unshippedBytes;
    }

    /** Why nothing can be written now; empty where it can. */
    Optional<Failure> broken() {
        return broken;
    }

    Map<String, IntentRecord> openIntents() {
        return openIntents;
    }

    void shipped(long through) {
        shippedThrough = through;
    }

    /** Writes what is queued, and ends the thread. */
    void close() {
        closing = true;
    }

    @Override
    public void run() {
        boolean last;
        do {
            last = closing;
            try {
                round();
            } catch (IOException failed) {
                breakDown(failed);
            } catch (RuntimeException bug) {
                LOG.error("the journal's writer failed", bug);
                breakDown(new IOException(bug));
            }
            if (!last && !closing) {
                LockSupport.parkNanos(
                        this, (broken.isPresent() ? limits.probeInterval() : limits.flushInterval()).toNanos());
            }
        } while (!last);
        failAll(unavailable("it is closed"));
    }

    private void round() throws IOException {
        if (broken.isPresent()) {
            segments.cutBack();
            announce("journal.resumed");
        }
        long end = queue.publishedEnd();
        long sequence = syncedThrough;
        for (long position = queue.head(); position < end; position++) {
            if (segments.isFull()) {
                settle(sequence, position);
                segments.rotate(sequence + 1, oldestOpenIntent());
            }
            RecordQueue.Slot slot = queue.slot(position);
            if (slot.hasRecord()) {
                sequence++;
                slot.sequence = sequence;
                segments.append(slot);
            } else {
                slot.sequence = sequence;
            }
        }
        if (end > queue.head()) {
            settle(sequence, end);
        }
        if (lost.sum() > 0) {
            announce("journal.lost");
        }
        broken = Optional.empty();
        retain();
        unshippedBytes = segments.bytesAfter(shippedThrough, syncedThrough);
    }

    /** Syncs, and tells everyone before {@code end} that they are durable. */
    private void settle(long sequence, long end) throws IOException {
        segments.force();
        syncedThrough = sequence;
        for (long position = queue.head(); position < end; position++) {
            RecordQueue.Slot slot = queue.slot(position);
            Ticket ticket = slot.ticket;
            if (ticket != null) {
                note(ticket, slot.sequence);
                ticket.succeed(slot.sequence);
            }
        }
        queue.release(end);
    }

    private void note(Ticket ticket, long sequence) {
        ticket.record().ifPresent(record -> {
            if (record instanceof IntentRecord intent) {
                openIntents.put(intent.pushId(), intent);
                openSequences.put(intent.pushId(), sequence);
            } else if (record instanceof OutcomeRecord outcome) {
                openIntents.remove(outcome.pushId());
                openSequences.remove(outcome.pushId());
            }
        });
    }

    /** Records what the journal itself went through: an outage, or records that did not find room. */
    private void announce(String act) throws IOException {
        long count = lost.sum();
        Map<String, String> details = broken.map(why -> Map.of("lost", Long.toString(count), "why", why.message()))
                .orElseGet(() -> Map.of("lost", Long.toString(count)));
        byte[] bytes = encoding.encode(new OperatorRecord(clock.instant(), Optional.empty(), ACTOR, act, details));
        if (segments.isFull()) {
            segments.rotate(syncedThrough + 1, oldestOpenIntent());
        }
        long sequence = syncedThrough + 1;
        segments.append(bytes, sequence, 0, 0, Frame.KIND_OTHER);
        segments.force();
        syncedThrough = sequence;
        lost.add(-count);
    }

    private void retain() throws IOException {
        long through = shippedThrough;
        if (through != retainedFor) {
            long open = oldestOpenIntent();
            long keepFrom = open == SegmentHeader.NO_INTENT ? through + 1 : Math.min(open, through + 1);
            segments.retain(keepFrom, limits.retainedBytesMax());
            retainedFor = through;
        }
    }

    private long oldestOpenIntent() {
        long oldest = SegmentHeader.NO_INTENT;
        for (long sequence : openSequences.values()) {
            oldest = oldest == SegmentHeader.NO_INTENT ? sequence : Math.min(oldest, sequence);
        }
        return oldest;
    }

    private void breakDown(IOException why) {
        Failure failure = unavailable(String.valueOf(why.getMessage()));
        if (broken.isEmpty()) {
            LOG.error("{}", failure.message(), why);
        }
        broken = Optional.of(failure);
        failAll(failure);
    }

    private void failAll(Failure failure) {
        long end = queue.publishedEnd();
        for (long position = queue.head(); position < end; position++) {
            RecordQueue.Slot slot = queue.slot(position);
            Ticket ticket = slot.ticket;
            if (ticket != null) {
                ticket.fail(failure);
                if (!ticket.outlivesFailure()) {
                    queue.drop(slot);
                }
            }
        }
    }

    private Failure unavailable(String detail) {
        return AuditCause.JOURNAL_UNAVAILABLE.with("detail", detail, "path", location);
    }

    void closeFiles() throws IOException {
        segments.close();
    }
}
