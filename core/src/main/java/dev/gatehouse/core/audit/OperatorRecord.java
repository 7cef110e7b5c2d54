package dev.gatehouse.core.audit;

import dev.gatehouse.core.trace.TraceId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody changed something that is not a ref: a token, an account, an identity, the policy, a repository.
 *
 * @param time when
 * @param trace the request it came with; empty for a command on the machine
 * @param actor the principal's key, or {@code uid N} of a command on the machine
 * @param act what was done, such as {@code token.issue}
 * @param details what it was done to; never a secret
 */
public record OperatorRecord(
        Instant time, Optional<TraceId> trace, String actor, String act, Map<String, String> details)
        implements AuditRecord {
    public OperatorRecord {
        details = Map.copyOf(details);
    }
}
