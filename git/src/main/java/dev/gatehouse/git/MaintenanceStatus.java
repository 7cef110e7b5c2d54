package dev.gatehouse.git;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a repository is stored.
 *
 * @param packs how many packs there are
 * @param looseObjects how many objects lie outside packs; only an import leaves any
 * @param hasBitmap whether a clone can be counted by bitmaps
 * @param lastRun when it was last tidied; empty if not since the process started
 * @param lastDuration how long that took; zero if there was none
 * @param failures how often it failed since the process started
 */
public record MaintenanceStatus(
        int packs,
        int looseObjects,
        boolean hasBitmap,
        Optional<Instant> lastRun,
        Duration lastDuration,
        int failures) {}
