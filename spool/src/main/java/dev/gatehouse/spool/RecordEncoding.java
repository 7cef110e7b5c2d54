package dev.gatehouse.spool;

import dev.gatehouse.core.audit.AuditRecord;
import dev.gatehouse.core.audit.AuditRecordCodec;
import dev.gatehouse.core.audit.DecodedRecord;
import java.util.Optional;

/** How a record becomes bytes, and is read again. Pure; safe for all threads. */
public interface RecordEncoding {
    /** The product's own: {@link AuditRecordCodec}. */
    RecordEncoding STANDARD = new RecordEncoding() {
        @Override
        public byte[] encode(AuditRecord record) {
            return AuditRecordCodec.encode(record);
        }

        @Override
        public Optional<AuditRecord> decode(byte[] bytes) {
            return switch (AuditRecordCodec.decode(bytes)) {
                case DecodedRecord.Decoded(AuditRecord record) -> Optional.of(record);
                case DecodedRecord.Undecodable ignored -> Optional.empty();
            };
        }
    };

    /** The bytes of {@code record}; at least one. */
    byte[] encode(AuditRecord record);

    /** The record that {@code bytes} hold; empty where they hold none that this version knows. */
    Optional<AuditRecord> decode(byte[] bytes);
}
