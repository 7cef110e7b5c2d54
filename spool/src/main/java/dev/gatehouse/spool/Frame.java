package dev.gatehouse.spool;

import dev.gatehouse.core.audit.AuditRecord;
import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.audit.OutcomeRecord;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One record in a segment, all numbers big-endian:
 *
 * <pre>
 *  0  CRC32C of everything after it
 *  4  length of the record
 *  8  sequence
 * 16  trace ID, zero where there is none: so that a search need not decode records
 * 32  how far this segment was synced when the frame was written
 * 36  kind
 * 40  the record
 * </pre>
 *
 * "How far synced" tells a torn tail from damage: a broken frame that a later intact one calls synced cannot come from a crash.
 */
final class Frame {
    static final int HEADER_BYTES = 40;
    static final int CRC_AT = 0;
    static final int LENGTH_AT = 4;
    static final int SEQUENCE_AT = 8;
    static final int TRACE_HIGH_AT = 16;
    static final int TRACE_LOW_AT = 24;
    static final int SYNCED_AT = 32;
    static final int KIND_AT = 36;

    /** A record whose content the spool need not know. */
    static final int KIND_OTHER = 0;
    /** An {@link IntentRecord}. */
    static final int KIND_INTENT = 1;
    /** An {@link OutcomeRecord}. */
    static final int KIND_OUTCOME = 2;

    private Frame() {}

    static int kindOf(AuditRecord record) {
        if (record instanceof IntentRecord) {
            return KIND_INTENT;
        }
        return record instanceof OutcomeRecord ? KIND_OUTCOME : KIND_OTHER;
    }

    /** Writes a header at {@code target}'s position; the record's bytes follow it in the file. */
    static void putHeader(
            ByteBuffer target, byte[] record, long sequence, long traceHigh, long traceLow, int synced, int kind) {
        int start = target.position();
        target.putInt(0)
                .putInt(record.length)
                .putLong(sequence)
                .putLong(traceHigh)
                .putLong(traceLow)
                .putInt(synced)
                .putInt(kind);
        CRC32C crc = new CRC32C();
        crc.update(target.slice(start + LENGTH_AT, HEADER_BYTES - LENGTH_AT));
        crc.update(record);
        target.putInt(start + CRC_AT, (int) crc.getValue());
    }
}
