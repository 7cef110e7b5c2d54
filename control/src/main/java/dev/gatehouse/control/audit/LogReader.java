package dev.gatehouse.control.audit;

import dev.gatehouse.core.trace.TraceId;
import dev.gatehouse.store.Row;
import dev.gatehouse.store.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads the log back, in order, from its two tables. Each method is a part of a caller's transaction. */
final class LogReader {
    private static final String RECORDS =
            "SELECT r.ordinal, j.node, r.journal, r.sequence, r.record FROM audit_records r"
                    + " JOIN audit_journals j ON j.journal = r.journal ";
    private static final String BATCHES =
            "SELECT b.first_ordinal, j.node, b.journal, b.first_sequence, b.record_count, b.records FROM audit_batches b"
                    + " JOIN audit_journals j ON j.journal = b.journal ";
    private static final Comparator<LogEntry> IN_ORDER = Comparator.comparingLong(LogEntry::ordinal);

    /** Batches whose traces are looked at in one step of a search. */
    private static final int SEARCH_STEP = 1_000;

    private LogReader() {}

    static List<LogEntry> newest(Transaction transaction, int count) {
        List<LogEntry> entries = new ArrayList<>(
                transaction.query(RECORDS + "ORDER BY r.ordinal DESC LIMIT ?", LogReader::entry, count));
        long below = Long.MAX_VALUE;
        for (int held = 0; held < count; ) {
            Optional<Batch> batch = transaction.queryOne(
                    BATCHES + "WHERE b.first_ordinal < ? ORDER BY b.first_ordinal DESC LIMIT 1",
                    LogReader::batch,
                    below);
            if (batch.isEmpty()) {
                break;
            }
            entries.addAll(batch.get().entries());
            held += batch.get().entries().size();
            below = batch.get().firstOrdinal();
        }
        entries.sort(IN_ORDER);
        return entries.subList(Math.max(0, entries.size() - count), entries.size());
    }

    /**
     * What came after {@code ordinal}, oldest first, at most {@code count}. Batches do not overlap, so whatever was not read stands after the
     * first {@code count} entries of what was.
     */
    static List<LogEntry> after(Transaction transaction, long ordinal, int count) {
        List<LogEntry> entries = new ArrayList<>(transaction.query(
                RECORDS + "WHERE r.ordinal > ? ORDER BY r.ordinal LIMIT ?", LogReader::entry, ordinal, count));
        long above = batchThatMayHold(transaction, ordinal);
        for (int held = 0; held < count; ) {
            Optional<Batch> batch = transaction.queryOne(
                    BATCHES + "WHERE b.first_ordinal > ? ORDER BY b.first_ordinal LIMIT 1", LogReader::batch, above);
            if (batch.isEmpty()) {
                break;
            }
            List<LogEntry> later = batch.get().entries().stream()
                    .filter(entry -> entry.ordinal() > ordinal)
                    .toList();
            entries.addAll(later);
            held += later.size();
            above = batch.get().firstOrdinal();
        }
        entries.sort(IN_ORDER);
        return entries.subList(0, Math.min(count, entries.size()));
    }

    static List<LogEntry> byTrace(Transaction transaction, TraceId trace, int limit) {
        List<LogEntry> entries = new ArrayList<>(transaction.query(
                RECORDS + "WHERE r.trace = ? ORDER BY r.ordinal LIMIT ?", LogReader::entry, trace.toString(), limit));
        for (long firstOrdinal : batchesThatMayHold(transaction, trace, limit)) {
            transaction
                    .queryOne(BATCHES + "WHERE b.first_ordinal = ?", LogReader::batch, firstOrdinal)
                    .ifPresent(batch -> batch.entries().stream()
                            .filter(entry -> entry.isOf(trace))
                            .forEach(entries::add));
        }
        entries.sort(IN_ORDER);
        return entries.subList(0, Math.min(limit, entries.size()));
    }

    /** The batch that {@code ordinal} itself may stand in begins after this. */
    private static long batchThatMayHold(Transaction transaction, long ordinal) {
        return transaction
                        .queryOne(
                                "SELECT max(first_ordinal) AS first_ordinal FROM audit_batches WHERE first_ordinal <= ?",
                                row -> row.optionalNumber("first_ordinal"),
                                ordinal)
                        .flatMap(first -> first)
                        .orElse(0L)
                - 1;
    }

    private static List<Long> batchesThatMayHold(Transaction transaction, TraceId trace, int limit) {
        List<Long> found = new ArrayList<>();
        long below = Long.MAX_VALUE;
        while (found.size() < limit) {
            List<Traces> step = transaction.query(
                    "SELECT first_ordinal, traces FROM audit_batches WHERE first_ordinal < ?"
                            + " ORDER BY first_ordinal DESC LIMIT ?",
                    row -> new Traces(row.number("first_ordinal"), CompactBatch.mayHold(row.bytes("traces"), trace)),
                    below,
                    SEARCH_STEP);
            if (step.isEmpty()) {
                break;
            }
            step.stream().filter(Traces::mayHold).map(Traces::firstOrdinal).forEach(found::add);
            below = step.getLast().firstOrdinal();
        }
        return found;
    }

    private static LogEntry entry(Row row) {
        return new LogEntry(
                row.number("ordinal"),
                row.text("node"),
                row.text("journal"),
                row.number("sequence"),
                row.bytes("record"));
    }

    private static Batch batch(Row row) {
        long firstOrdinal = row.number("first_ordinal");
        long firstSequence = row.number("first_sequence");
        String node = row.text("node");
        String journal = row.text("journal");
        int count = Math.toIntExact(row.number("record_count"));
        return new Batch(
                firstOrdinal,
                CompactBatch.items(row.bytes("records"), count).stream()
                        .map(item -> new LogEntry(
                                firstOrdinal + item.offset(),
                                node,
                                journal,
                                firstSequence + item.offset(),
                                item.record()))
                        .toList());
    }

    private record Batch(long firstOrdinal, List<LogEntry> entries) {}

    private record Traces(long firstOrdinal, boolean mayHold) {}
}
