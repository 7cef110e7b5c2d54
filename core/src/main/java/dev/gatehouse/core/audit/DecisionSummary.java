package dev.gatehouse.core.audit;

import dev.gatehouse.core.policy.Decision;
import dev.gatehouse.core.policy.Permit;
import dev.gatehouse.core.policy.PolicyVersion;
import dev.gatehouse.core.policy.RuleReference;

/**
 * A decision, as it is recorded.
 *
 * @param permitted the answer
 * @param action what was asked, such as {@code push}
 * @param resource to what, for people to read
 * @param rule the rule that decided
 * @param policyVersion of which version
 */
public record DecisionSummary(
        boolean permitted, String action, String resource, RuleReference rule, PolicyVersion policyVersion) {
    /** What of {@code decision} is recorded. */
    public static DecisionSummary of(Decision decision) {
        return new DecisionSummary(
                decision instanceof Permit,
                decision.request().action().label(),
                decision.request().resource().label(),
                decision.rule(),
                decision.version());
    }
}
