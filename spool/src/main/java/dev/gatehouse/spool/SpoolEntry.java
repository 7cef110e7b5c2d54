package dev.gatehouse.spool;

import dev.gatehouse.core.audit.AuditRecord;

/**
 * One record as it stands in the journal.
 *
 * @param sequence its number
 * @param record what was recorded
 */
public record SpoolEntry(long sequence, AuditRecord record) {}
