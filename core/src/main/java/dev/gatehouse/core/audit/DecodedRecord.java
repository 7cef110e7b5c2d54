package dev.gatehouse.core.audit;

/** The outcome of {@link AuditRecordCodec#decode}. */
public sealed interface DecodedRecord {
    /**
     * Read.
     *
     * @param record what the bytes say
     */
    record Decoded(AuditRecord record) implements DecodedRecord {}

    /**
     * The bytes are no record.
     *
     * @param detail what is wrong with them, for an operator
     */
    record Undecodable(String detail) implements DecodedRecord {}
}
