package dev.gatehouse.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.policy.RuleReference;

/** The rules' answer at the ref gate. */
public sealed interface RefVerdict {
    /** It may be done, by this rule. */
    record Allowed(RuleReference rule) implements RefVerdict {}

    /** It may not. */
    record Denied(RuleReference rule, Failure failure) implements RefVerdict {}
}
