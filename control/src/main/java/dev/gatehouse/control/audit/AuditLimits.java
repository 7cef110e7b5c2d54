package dev.gatehouse.control.audit;

import java.time.Duration;

/**
 * How much is kept and taken.
 *
 * @param recordsMax records that are kept by themselves; beyond it the oldest go
 * @param batchesMax batches of requests that went well, likewise
 * @param ageMax what is older goes, where there is room or not
 * @param batchRecordsMax records that a node may send at once
 * @param recordBytesMax of one record
 * @param tailMax records that one question may be answered with
 */
public record AuditLimits(
        long recordsMax, long batchesMax, Duration ageMax, int batchRecordsMax, int recordBytesMax, int tailMax) {
    /** What is right where nobody says otherwise. */
    public static final AuditLimits DEFAULTS =
            new AuditLimits(5_000_000, 1_000_000, Duration.ofDays(400), 10_000, 3 << 20, 10_000);
}
