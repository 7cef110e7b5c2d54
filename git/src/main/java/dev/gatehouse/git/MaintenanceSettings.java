package dev.gatehouse.git;

import java.time.Duration;

/**
 * When a repository is tidied.
 *
 * @param packsMax so many packs without bitmaps may lie beside the one that has them
 * @param unreachableKept how long objects that no ref leads to are kept
 * @param condemnedKept how long a replaced pack is kept for those who may still read it, where the repository is never at rest
 */
public record MaintenanceSettings(int packsMax, Duration unreachableKept, Duration condemnedKept) {
    /** After twenty pushes; two weeks, as git does; an hour. */
    public static MaintenanceSettings defaults() {
        return new MaintenanceSettings(20, Duration.ofDays(14), Duration.ofHours(1));
    }
}
