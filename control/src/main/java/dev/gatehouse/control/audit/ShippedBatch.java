package dev.gatehouse.control.audit;

import java.util.List;

/**
 * Records that a node sends, in its journal's order and without a gap.
 *
 * @param node the SPIFFE ID of the node, from the transport
 * @param journal the journal's identity
 * @param firstSequence the number of the first record
 * @param records as {@link dev.gatehouse.core.audit.AuditRecordCodec} wrote them
 */
public record ShippedBatch(String node, String journal, long firstSequence, List<byte[]> records) {
    public ShippedBatch {
        records = List.copyOf(records);
    }
}
