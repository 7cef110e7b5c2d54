package dev.gatehouse.core.audit;

import dev.gatehouse.core.repository.RefName;
import dev.gatehouse.core.trace.TraceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of an intent.
 *
 * @param time when
 * @param trace the push
 * @param pushId the intent's
 * @param results one for each of the intent's updates, in its order
 * @param resolvedAfterRestart whether it was read from the refs after a crash
 */
public record OutcomeRecord(
        Instant time, Optional<TraceId> trace, String pushId, List<RefResult> results, boolean resolvedAfterRestart)
        implements AuditRecord {
    public OutcomeRecord {
        results = List.copyOf(results);
    }

    /**
     * One ref.
     *
     * @param ref which
     * @param moved whether it has the intent's new value
     * @param detail why not; empty where it moved
     */
    public record RefResult(RefName ref, boolean moved, String detail) {}
}
