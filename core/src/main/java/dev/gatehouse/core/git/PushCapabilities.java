package dev.gatehouse.core.git;

import dev.gatehouse.core.repository.ObjectFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a pushing client chose of what was offered (gitprotocol-capabilities).
 *
 * @param reportStatus it wants a report
 * @param reportStatusV2 it understands option lines in the report
 * @param sideBand64k the answer is multiplexed
 * @param quiet it wants no progress
 * @param atomic all refs or none
 * @param deleteRefs it may delete
 * @param pushOptions a section of push options follows the commands
 * @param objectFormat the hash it speaks; empty where it did not say, which means SHA-1
 * @param agent its name and version, for the record
 * @param sessionId its session, for the record
 * @param others what is not known here, as it came
 */
public record PushCapabilities(
        boolean reportStatus,
        boolean reportStatusV2,
        boolean sideBand64k,
        boolean quiet,
        boolean atomic,
        boolean deleteRefs,
        boolean pushOptions,
        Optional<ObjectFormat> objectFormat,
        Optional<String> agent,
        Optional<String> sessionId,
        List<String> others) {
    public PushCapabilities {
        others = List.copyOf(others);
    }

    /** Nothing chosen. */
    public static PushCapabilities none() {
        return new PushCapabilities(
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** Whether any form of report is wanted. */
    public boolean wantsReport() {
        return reportStatus || reportStatusV2;
    }
}
