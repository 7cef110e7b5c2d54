package dev.gatehouse.spool;

import java.util.List;

/**
 * Records to ship, as they stand in the journal, without a gap.
 *
 * @param journal the journal's identity, 32 hex digits
 * @param firstSequence the number of the first of them; higher than what was asked for where the older ones are gone
 * @param records encoded; empty where there are none yet
 */
public record SpoolBatch(String journal, long firstSequence, List<byte[]> records) {
    public SpoolBatch {
        records = List.copyOf(records);
    }

    /** The number of the last of them; one less than the first where there are none. */
    public long lastSequence() {
        return firstSequence + records.size() - 1;
    }
}
