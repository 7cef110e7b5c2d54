package dev.gatehouse.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.repository.RefUpdate;
import java.util.List;
import java.util.Optional;

/**
 * How one push ended; the client has been told the same.
 *
 * @param pushId as in the intent, or empty where it did not come so far
 * @param refs each command, with what became of it
 * @param pushOptions what the client passed along
 * @param bytesIn length of the request's body, as far as it was read
 * @param bytesOut length of the answer
 * @param failure why the push as a whole failed; empty where its refs were judged one by one
 */
public record PushReport(
        Optional<String> pushId,
        List<RefOutcome> refs,
        List<String> pushOptions,
        long bytesIn,
        long bytesOut,
        Optional<Failure> failure) {
    public PushReport {
        refs = List.copyOf(refs);
        pushOptions = List.copyOf(pushOptions);
    }

    /**
     * One ref.
     *
     * @param update what was asked
     * @param forced whether commits were lost, or would have been
     * @param failure why it did not move; empty where it did
     */
    public record RefOutcome(RefUpdate update, boolean forced, Optional<Failure> failure) {
        /** Whether the ref has its new value. */
        public boolean moved() {
            return failure.isEmpty();
        }
    }

    /** Whether any ref moved. */
    public boolean movedAny() {
        return refs.stream().anyMatch(RefOutcome::moved);
    }
}
