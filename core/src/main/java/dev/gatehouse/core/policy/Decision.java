package dev.gatehouse.core.policy;

/** The policy's answer, with its reason. */
public sealed interface Decision permits Permit, Refusal {
    /** What was asked. */
    AccessRequest request();

    /** The rule that decided. */
    RuleReference rule();

    /** The rules of which version. */
    PolicyVersion version();
}
