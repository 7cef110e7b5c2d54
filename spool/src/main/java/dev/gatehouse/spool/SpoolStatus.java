package dev.gatehouse.spool;

import dev.gatehouse.core.cause.Failure;
import java.util.Optional;

/**
 * How a journal stands.
 *
 * @param journal its identity
 * @param syncedThrough the newest durable record; 0 where there is none
 * @param shippedThrough the newest that control has stored
 * @param unshippedBytes what control has not stored, to the segment
 * @param lostRecords how many found no room since it was opened
 * @param failure why it does not accept; empty where it does
 */
public record SpoolStatus(
        String journal,
        long syncedThrough,
        long shippedThrough,
        long unshippedBytes,
        long lostRecords,
        Optional<Failure> failure) {}
