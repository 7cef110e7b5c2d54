package dev.gatehouse.core.audit;

import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.policy.PolicyVersion;
import dev.gatehouse.core.policy.RuleReference;
import dev.gatehouse.core.repository.RefUpdate;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.core.trace.TraceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Refs are about to move. Durable before any does.
 *
 * @param time when
 * @param trace the push
 * @param pushId unique; its {@link OutcomeRecord} has the same
 * @param caller who pushes
 * @param repository what is pushed to
 * @param repositoryId the repository's opaque ID, which a rename does not change
 * @param updates what will move, each with the rule that permits it
 * @param policyVersion the rules at this moment
 */
public record IntentRecord(
        Instant time,
        Optional<TraceId> trace,
        String pushId,
        Caller caller,
        RepositoryName repository,
        String repositoryId,
        List<PermittedUpdate> updates,
        PolicyVersion policyVersion)
        implements AuditRecord {
    public IntentRecord {
        updates = List.copyOf(updates);
    }

    /**
     * One ref, and why it may move.
     *
     * @param update old and new
     * @param forced whether commits are lost
     * @param rule what permits it
     */
    public record PermittedUpdate(RefUpdate update, boolean forced, RuleReference rule) {}
}
