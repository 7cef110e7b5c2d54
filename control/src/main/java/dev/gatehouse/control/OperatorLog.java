package dev.gatehouse.control;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.audit.OperatorRecord;
import dev.gatehouse.core.cause.FailureException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Records what operators do: what is asked for before anything is changed, and what became of it. Where the first cannot be recorded, nothing is
 * done.
 */
final class OperatorLog {
    private final AuditJournal journal;
    private final InstantSource clock;

    OperatorLog(AuditJournal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Does {@code work}.
     *
     * @param act such as {@code token.issue}
     * @param asked what is asked for; never a secret
     * @param result what of the outcome is recorded; never a secret
     */
    <T> T recorded(
            String actor,
            String act,
            Map<String, String> asked,
            Supplier<T> work,
            Function<T, Map<String, String>> result) {
        record(actor, act, asked);
        T outcome;
        try {
            outcome = work.get();
        } catch (FailureException refused) {
            record(
                    actor,
                    act + ".refused",
                    Map.of(
                            "code", refused.failure().cause().code(),
                            "message", refused.failure().message()));
            throw refused;
        }
        record(actor, act + ".done", result.apply(outcome));
        return outcome;
    }

    private void record(String actor, String act, Map<String, String> details) {
        journal.recordDurably(new OperatorRecord(clock.instant(), Optional.empty(), actor, act, details));
    }
}
