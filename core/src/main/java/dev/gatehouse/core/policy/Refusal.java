package dev.gatehouse.core.policy;

import dev.gatehouse.core.cause.Failure;

/**
 * The policy said no.
 *
 * @param request what was asked
 * @param rule the rule that forbids, or {@link RuleReference#defaultDeny()}
 * @param version the rules of which version
 * @param failure the cause, with rule, line, reason and remedy, ready to show
 */
public record Refusal(AccessRequest request, RuleReference rule, PolicyVersion version, Failure failure)
        implements Decision {}
