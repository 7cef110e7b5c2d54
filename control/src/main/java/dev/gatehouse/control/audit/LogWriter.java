package dev.gatehouse.control.audit;

import dev.gatehouse.core.cause.AuditCause;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Puts one shipped batch into the log, within a transaction. */
final class LogWriter {
    private LogWriter() {}

    /** Stores what of {@code batch} is not stored yet, and says how far the journal is stored then. */
    static long append(Transaction transaction, ShippedBatch batch, List<RecordSummary> summaries) {
        Optional<Journal> known = transaction.queryOne(
                "SELECT node, stored_through FROM audit_journals WHERE journal = ?",
                row -> new Journal(row.text("node"), row.number("stored_through")),
                batch.journal());
        long storedBefore = known.map(Journal::storedThrough).orElse(batch.firstSequence() - 1);
        requireContinuation(batch, known, storedBefore);
        long last = batch.firstSequence() + batch.records().size() - 1;
        if (last <= storedBefore) {
            return storedBefore;
        }
        int skipped = Math.toIntExact(storedBefore + 1 - batch.firstSequence());
        appendFrom(transaction, batch, summaries, skipped);
        transaction.execute(
                "INSERT INTO audit_journals (journal, node, first_sequence, stored_through) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (journal) DO UPDATE SET stored_through = excluded.stored_through",
                batch.journal(),
                batch.node(),
                batch.firstSequence(),
                last);
        return last;
    }

    private static void requireContinuation(ShippedBatch batch, Optional<Journal> known, long storedBefore) {
        if (known.isPresent() && !known.get().node().equals(batch.node())) {
            throw invalid("the journal " + batch.journal() + " belongs to "
                    + known.get().node());
        }
        if (batch.firstSequence() > storedBefore + 1) {
            throw AuditCause.SEQUENCE_GAP
                    .with(
                            "journal", batch.journal(),
                            "expected", Long.toString(storedBefore + 1),
                            "received", Long.toString(batch.firstSequence()))
                    .asException();
        }
    }

    private static void appendFrom(
            Transaction transaction, ShippedBatch batch, List<RecordSummary> summaries, int skipped) {
        long firstOrdinal = takeOrdinals(transaction, batch.records().size() - skipped) - skipped;
        CompactBatch compact = new CompactBatch();
        for (int i = skipped; i < batch.records().size(); i++) {
            RecordSummary summary = summaries.get(i);
            byte[] record = batch.records().get(i);
            if (!summary.alone()) {
                compact.add(i - skipped, record, summary);
                continue;
            }
            transaction.execute(
                    "INSERT INTO audit_records (ordinal, journal, sequence, kind, time, trace, principal, repository, record)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    firstOrdinal + i,
                    batch.journal(),
                    batch.firstSequence() + i,
                    summary.kind(),
                    summary.time(),
                    summary.trace().map(Object::toString).orElse(""),
                    summary.principal(),
                    summary.repository(),
                    record);
        }
        if (!compact.isEmpty()) {
            transaction.execute(
                    "INSERT INTO audit_batches (first_ordinal, journal, first_sequence, last_sequence, first_time,"
                            + " last_time, record_count, traces, records) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    firstOrdinal + skipped,
                    batch.journal(),
                    batch.firstSequence() + skipped,
                    batch.firstSequence() + batch.records().size() - 1,
                    compact.firstTime(),
                    compact.lastTime(),
                    compact.size(),
                    compact.traces(),
                    compact.compressed());
        }
    }

    private static long takeOrdinals(Transaction transaction, int count) {
        long first = transaction
                .queryOne("SELECT next_ordinal FROM audit_position", row -> row.number("next_ordinal"))
                .orElseThrow(() -> new IllegalStateException("the log has no position"));
        transaction.execute("UPDATE audit_position SET next_ordinal = ?", first + count);
        return first;
    }

    static void prune(Transaction transaction, AuditLimits limits, Instant now) {
        transaction.execute("DELETE FROM audit_records WHERE time < ?", now.minus(limits.ageMax()));
        transaction.execute("DELETE FROM audit_batches WHERE last_time < ?", now.minus(limits.ageMax()));
        transaction.execute(
                "DELETE FROM audit_records WHERE ordinal <="
                        + " (SELECT ordinal FROM audit_records ORDER BY ordinal DESC LIMIT 1 OFFSET ?)",
                limits.recordsMax());
        transaction.execute(
                "DELETE FROM audit_batches WHERE first_ordinal <="
                        + " (SELECT first_ordinal FROM audit_batches ORDER BY first_ordinal DESC LIMIT 1 OFFSET ?)",
                limits.batchesMax());
    }

    static FailureException invalid(String detail) {
        return AuditCause.BATCH_INVALID.with("detail", detail).asException();
    }

    private record Journal(String node, long storedThrough) {}
}
