package dev.gatehouse.spool;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.audit.AuditRecord;
import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.audit.OutcomeRecord;
import dev.gatehouse.core.cause.AuditCause;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.trace.TraceId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of one node, open for writing. One process has it at a time; others may read beside it with {@link SpoolReader#open}.
 *
 * <p>Design: callers encode on their own thread and put the bytes into a ring ({@link RecordQueue}); one thread writes and syncs
 * ({@link JournalWriter}). Nothing here blocks but {@link #recordDurably}, {@link #flush} and {@link #close}.
 */
public final class Spool implements AuditJournal, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final byte[] NOTHING = {};

    private final RecordEncoding encoding;
    private final SpoolLimits limits;
    private final String location;
    private final Optional<DirectoryLock> lock;
    private final RecordQueue queue;
    private final JournalWriter writer;
    private final Thread thread;
    private final SpoolReader reader;
    private final Acknowledgement acknowledgement;
    private final JournalId journal;
    private final LongAdder lost;
    private final LongAdder lostEver = new LongAdder();
    private volatile boolean closed;

    private Spool(
            SpoolStorage storage,
            Optional<DirectoryLock> lock,
            RecordEncoding encoding,
            SpoolLimits limits,
            InstantSource clock,
            RandomGenerator random)
            throws IOException {
        this.encoding = encoding;
        this.limits = limits;
        this.location = storage.location();
        this.lock = lock;
        Recovery.Recovered recovered = Recovery.recover(storage, encoding, limits, random);
        this.journal = recovered.journal();
        this.queue = new RecordQueue(limits.queueRecordsMax(), limits.queueBytesMax());
        this.lost = new LongAdder();
        SegmentWriter segments = new SegmentWriter(storage, journal, limits.segmentBytes(), recovered.segments());
        this.writer = new JournalWriter(recovered, segments, queue, encoding, limits, clock, location, lost);
        this.acknowledgement = new Acknowledgement(storage, journal);
        this.reader = new SpoolReader(storage, encoding, limits.recordBytesMax(), writer::syncedThrough);
        this.thread = Thread.ofPlatform().daemon().name("spool-writer").unstarted(writer);
    }

    /**
     * Opens the journal in {@code directory}, making it where there is none, and recovers it where a crash left it unfinished.
     *
     * @throws dev.gatehouse.core.cause.FailureException {@code DATA_IN_USE} where another process has it, {@code JOURNAL_DAMAGED} where what was
     *     durable and not yet shipped cannot be read, {@code DATA_UNREADABLE} where the folder cannot be used
     */
    public static Spool open(
            Path directory, RecordEncoding encoding, SpoolLimits limits, InstantSource clock, RandomGenerator random) {
        try {
            DirectoryStorage storage = DirectoryStorage.createIn(directory);
            DirectoryLock lock = DirectoryLock.take(directory);
            try {
                return start(new Spool(storage, Optional.of(lock), encoding, limits, clock, random));
            } catch (IOException | RuntimeException failed) {
                lock.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw StartCause.DATA_UNREADABLE
                    .with("path", directory.toString(), "detail", String.valueOf(failed.getMessage()))
                    .asException();
        }
    }

    /** For tests: over any storage, without a lock. */
    static Spool open(
            SpoolStorage storage,
            RecordEncoding encoding,
            SpoolLimits limits,
            InstantSource clock,
            RandomGenerator random)
            throws IOException {
        return start(new Spool(storage, Optional.empty(), encoding, limits, clock, random));
    }

    private static Spool start(Spool spool) {
        spool.thread.start();
        return spool;
    }

    @Override
    public long recordDurably(AuditRecord record) {
        byte[] bytes = encoding.encode(record);
        if (bytes.length > limits.recordBytesMax()) {
            throw unavailable("a record of " + bytes.length + " bytes is too long")
                    .asException();
        }
        boolean outcome = record instanceof OutcomeRecord;
        long limit = limits.unshippedBytesMax() + (outcome ? SpoolLimits.RESERVE_BYTES : 0);
        if (writer.unshippedBytes() >= limit) {
            throw full().asException();
        }
        Ticket ticket = new Ticket(Optional.of(record));
        if (!outcome) {
            writer.broken().ifPresent(why -> {
                throw why.asException();
            });
        }
        if (closed || !offer(record, bytes, ticket)) {
            throw unavailable(closed ? "it is closed" : "it cannot keep up").asException();
        }
        return await(ticket);
    }

    @Override
    public void record(AuditRecord record) {
        byte[] bytes = encoding.encode(record);
        boolean outcomeOrIntent = Frame.kindOf(record) != Frame.KIND_OTHER;
        boolean taken = !closed
                && bytes.length <= limits.recordBytesMax()
                && writer.unshippedBytes() < limits.unshippedBytesMax() + SpoolLimits.RESERVE_BYTES / 2
                && offer(record, bytes, outcomeOrIntent ? new Ticket(Optional.of(record)) : null);
        if (!taken) {
            lost.increment();
            lostEver.increment();
        } else if (queue.isHalfFull()) {
            LockSupport.unpark(thread);
        }
    }

    private boolean offer(AuditRecord record, byte[] bytes, @Nullable Ticket ticket) {
        Optional<TraceId> trace = record.trace();
        long high = trace.isPresent() ? trace.get().high() : 0;
        long low = trace.isPresent() ? trace.get().low() : 0;
        return queue.offer(bytes, high, low, Frame.kindOf(record), ticket);
    }

    private long await(Ticket ticket) {
        LockSupport.unpark(thread);
        if (closed) {
            // The writer may have ended between the check and the offer; then nobody else will settle it.
            ticket.fail(unavailable("it is closed"));
        }
        return ticket.await();
    }

    /** False while records were lost and that is not yet recorded, while the disk refuses, while the journal is full, and after it was closed. */
    @Override
    public boolean accepting() {
        return lost.sum() == 0
                && writer.broken().isEmpty()
                && writer.unshippedBytes() < limits.unshippedBytesMax()
                && !closed;
    }

    /** Returns when all that was recorded before is on stable storage. Blocks. */
    public void flush() {
        Ticket ticket = new Ticket(Optional.empty());
        if (closed || !queue.offer(NOTHING, 0, 0, Frame.KIND_OTHER, ticket)) {
            throw unavailable(closed ? "it is closed" : "it cannot keep up").asException();
        }
        await(ticket);
    }

    /** The journal's identity, 32 hex digits; another journal in the same place has another. */
    public String journal() {
        return journal.toString();
    }

    /** Reads what is synced. Safe for all threads; blocks. */
    public SpoolReader reader() {
        return reader;
    }

    /**
     * Control has stored everything up to {@code through}; kept across restarts. Blocks.
     *
     * @throws dev.gatehouse.core.cause.FailureException where that cannot be written
     */
    public synchronized void acknowledge(long through) {
        long bounded = Math.min(through, writer.syncedThrough());
        if (bounded <= writer.shippedThrough()) {
            return;
        }
        try {
            acknowledgement.write(bounded);
        } catch (IOException failed) {
            throw unavailable(String.valueOf(failed.getMessage())).asException();
        }
        writer.shipped(bounded);
        LockSupport.unpark(thread);
    }

    /** Intents that have no outcome, the oldest first: after {@link #open}, what a crash left; while running, also the pushes of this moment. */
    public List<IntentRecord> openIntents() {
        return writer.openIntents().values().stream()
                .sorted(Comparator.comparing(IntentRecord::time))
                .toList();
    }

    /** How the journal stands. Cheap. */
    public SpoolStatus status() {
        Optional<Failure> failure = writer.broken();
        if (failure.isEmpty() && writer.unshippedBytes() >= limits.unshippedBytesMax()) {
            failure = Optional.of(full());
        }
        return new SpoolStatus(
                journal.toString(),
                writer.syncedThrough(),
                writer.shippedThrough(),
                writer.unshippedBytes(),
                lostEver.sum(),
                failure);
    }

    /** Writes what is queued and lets the folder go. Blocks. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        writer.close();
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            writer.closeFiles();
        } catch (IOException failed) {
            LOG.warn("closing the journal failed", failed);
        }
        lock.ifPresent(DirectoryLock::close);
    }

    private Failure full() {
        return AuditCause.JOURNAL_FULL.with("limit", Long.toString(limits.unshippedBytesMax()));
    }

    private Failure unavailable(String detail) {
        return AuditCause.JOURNAL_UNAVAILABLE.with("detail", detail, "path", location);
    }
}
