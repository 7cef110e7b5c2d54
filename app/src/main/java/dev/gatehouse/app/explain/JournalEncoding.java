package dev.gatehouse.app.explain;

import dev.gatehouse.core.audit.AuditRecord;
import dev.gatehouse.core.audit.AuditRecordCodec;
import dev.gatehouse.core.audit.DecodedRecord;
import dev.gatehouse.spool.RecordEncoding;

/** Core's codec, as the journal wants it. */
public final class JournalEncoding implements RecordEncoding {
    @Override
    public byte[] encode(AuditRecord record) {
        return AuditRecordCodec.encode(record);
    }

    @Override
    public AuditRecord decode(byte[] bytes) {
        return switch (AuditRecordCodec.decode(bytes)) {
            case DecodedRecord.Decoded decoded -> decoded.record();
            case DecodedRecord.Undecodable undecodable -> throw new IllegalArgumentException(undecodable.detail());
        };
    }
}
