package dev.gatehouse.control.audit;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.trace.TraceId;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.MigrationSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * The audit log in the database.
 *
 * <p>Design note. Threads: any; methods block on the database. Order and exactly-once come from the database's transactions: a batch, its place
 * in the log and how far its journal is stored change together. {@link #appended} only wakes those who follow; they read the database, so that
 * they also see what another control process stored.
 */
public final class AuditStore {
    private static final Pattern JOURNAL = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
    /** So many batches are stored between two looks at what is too old or too much. */
    private static final int BATCHES_BETWEEN_PRUNES = 1_000;

    private final Database database;
    private final AuditLimits limits;
    private final InstantSource clock;
    private final ReentrantLock waking = new ReentrantLock();
    private final Condition appended = waking.newCondition();
    private long batchesStored;
    private boolean closed;

    private AuditStore(Database database, AuditLimits limits, InstantSource clock) {
        this.database = database;
        this.limits = limits;
        this.clock = clock;
    }

    /** Opens it on {@code database}, and brings its tables up to date. */
    public static AuditStore open(Database database, AuditLimits limits, InstantSource clock) {
        database.migrate(MigrationSet.of(AuditStore.class, "audit", "V1__log.sql"));
        return new AuditStore(database, limits, clock);
    }

    /**
     * Stores a batch; what of it is stored already is left as it is.
     *
     * @return how far the journal is on stable storage
     * @throws FailureException {@code SEQUENCE_GAP} where records before it are missing, {@code BATCH_INVALID} where it cannot be taken
     */
    public long store(ShippedBatch batch) {
        requireValid(batch);
        Instant now = clock.instant();
        List<RecordSummary> summaries = batch.records().stream()
                .map(record -> RecordSummary.of(record, now))
                .toList();
        long storedThrough = database.write(transaction -> LogWriter.append(transaction, batch, summaries));
        if (wakeFollowers()) {
            prune();
        }
        return storedThrough;
    }

    /** The newest records, oldest first. */
    public List<LogEntry> newest(int count) {
        return database.read(transaction -> LogReader.newest(transaction, Math.clamp(count, 1, limits.tailMax())));
    }

    /** What came after a place in the log, oldest first, a bounded number. Empty where nothing did. */
    public List<LogEntry> after(long ordinal) {
        return database.read(transaction -> LogReader.after(transaction, ordinal, limits.tailMax()));
    }

    /** Counts what was stored by this process: read before the log, it says what {@link #awaitMore} need not wait for. */
    public long generation() {
        waking.lock();
        try {
            return batchesStored;
        } finally {
            waking.unlock();
        }
    }

    /**
     * Waits until this process stored something after {@code generation}, or another process may have.
     *
     * @return whether it is worth looking again; not once the store is closed
     */
    public boolean awaitMore(long generation, Duration atMost) throws InterruptedException {
        waking.lock();
        try {
            long remaining = atMost.toNanos();
            while (!closed && batchesStored == generation && remaining > 0) {
                remaining = appended.awaitNanos(remaining);
            }
            return !closed;
        } finally {
            waking.unlock();
        }
    }

    /** What was recorded of one request, in the log's order. */
    public List<LogEntry> byTrace(TraceId trace) {
        return database.read(transaction -> LogReader.byTrace(transaction, trace, limits.tailMax()));
    }

    /** How far each journal is stored, by the journals' names. */
    public List<Long> storedThrough() {
        return database.read(transaction -> transaction.query(
                "SELECT stored_through FROM audit_journals ORDER BY journal", row -> row.number("stored_through")));
    }

    /** Removes what is too old or too much. Also done from time to time by {@link #store}. */
    public void prune() {
        database.write(transaction -> {
            LogWriter.prune(transaction, limits, clock.instant());
            return limits;
        });
    }

    /** Lets all who wait go. */
    public void close() {
        waking.lock();
        try {
            closed = true;
            appended.signalAll();
        } finally {
            waking.unlock();
        }
    }

    private boolean wakeFollowers() {
        waking.lock();
        try {
            appended.signalAll();
            batchesStored++;
            return batchesStored % BATCHES_BETWEEN_PRUNES == 0;
        } finally {
            waking.unlock();
        }
    }

    private void requireValid(ShippedBatch batch) {
        if (!JOURNAL.matcher(batch.journal()).matches()) {
            throw LogWriter.invalid("its journal has no name that can be kept");
        }
        if (batch.records().isEmpty() || batch.records().size() > limits.batchRecordsMax()) {
            throw LogWriter.invalid(
                    "it has " + batch.records().size() + " records; possible are 1 to " + limits.batchRecordsMax());
        }
        if (batch.firstSequence() < 0 || batch.firstSequence() > Long.MAX_VALUE - limits.batchRecordsMax()) {
            throw LogWriter.invalid("it begins at " + batch.firstSequence());
        }
        if (batch.records().stream().anyMatch(record -> record.length > limits.recordBytesMax())) {
            throw LogWriter.invalid("a record exceeds " + limits.recordBytesMax() + " bytes");
        }
    }
}
