package dev.gatehouse.core.policy;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.PolicyCause;
import dev.gatehouse.core.identity.Principal;

/** Puts refusals into words. */
final class Refusals {
    private static final RuleReference DEFAULT_DENY = RuleReference.defaultDeny();
    private static final RuleReference NO_POLICY_YET = RuleReference.builtIn("no-policy-yet");

    private Refusals() {}

    static Refusal byDefault(AccessRequest request, PolicyVersion version) {
        PolicyCause cause =
                request.action() == Action.CREATE ? PolicyCause.CREATE_NOT_ALLOWED : PolicyCause.NOT_ALLOWED;
        Failure failure = cause.with(
                "principal", principal(request),
                "action", request.action().label(),
                "resource", resource(request));
        return new Refusal(request, DEFAULT_DENY, version, failure);
    }

    static Refusal byRule(AccessRequest request, Rule rule, PolicyVersion version) {
        Failure failure = PolicyCause.FORBIDDEN_BY_RULE.with(
                "principal", principal(request),
                "action", request.action().label(),
                "resource", resource(request),
                "rule", rule.id(),
                "file", rule.reference().file(),
                "line", Integer.toString(rule.line()),
                "explain", rule.explain().isEmpty() ? "" : ": " + rule.explain(),
                "remedy", rule.remedy());
        return new Refusal(request, rule.reference(), version, failure);
    }

    static Refusal withoutPolicy(AccessRequest request, PolicyVersion version) {
        return new Refusal(request, NO_POLICY_YET, version, PolicyCause.NO_POLICY_YET.with());
    }

    private static String principal(AccessRequest request) {
        return request.principal().map(Principal::displayName).orElse("nobody");
    }

    private static String resource(AccessRequest request) {
        return switch (request.resource()) {
            case Resource.SomeRef someRef -> "any ref of " + someRef.label();
            case Resource resource -> resource.label();
        };
    }
}
