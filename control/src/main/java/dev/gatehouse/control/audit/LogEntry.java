package dev.gatehouse.control.audit;

import dev.gatehouse.core.trace.TraceId;
import java.time.Instant;
import java.util.Optional;

/**
 * One record, as a node wrote it.
 *
 * @param ordinal its place in the log, over all journals; rises, with gaps only where old records went
 * @param node the SPIFFE ID of the node it happened on
 * @param journal that node's journal
 * @param sequence its number there
 * @param record as {@link dev.gatehouse.core.audit.AuditRecordCodec} wrote it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared by its bytes: journal and sequence say which record it is.
public record LogEntry(long ordinal, String node, String journal, long sequence, byte[] record) {
    /** Whether it belongs to this request. */
    public boolean isOf(TraceId trace) {
        return RecordSummary.of(record, Instant.EPOCH).trace().equals(Optional.of(trace));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogEntry entry
                && entry.ordinal == ordinal
                && entry.sequence == sequence
                && entry.journal.equals(journal);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(ordinal);
    }
}
