package dev.gatehouse.spool;

import dev.gatehouse.core.audit.AuditRecord;

/** How a record becomes bytes, and is read again. Pure; safe for all threads. */
public interface RecordEncoding {
    /** The bytes of {@code record}. */
    byte[] encode(AuditRecord record);

    /**
     * The record that {@code bytes} hold.
     *
     * @throws IllegalArgumentException where they hold none
     */
    AuditRecord decode(byte[] bytes);
}
