package dev.gatehouse.core.policy;

/** One compiled version of the rules. Immutable; safe for all threads; evaluation allocates nothing but its answer. */
public final class Policy {
    private final PolicyVersion version;

    Policy(PolicyVersion version) {
        this.version = version;
    }

    /** Which version this is. */
    public PolicyVersion version() {
        return version;
    }

    /** Decides one question. Default deny; forbid beats allow. */
    public Decision decide(AccessRequest request) {
        return new Refusal(
                request, RuleReference.defaultDeny(), version, dev.gatehouse.core.cause.PolicyCause.NOT_ALLOWED.with());
    }

    /** Decides whether {@code subject} may be done, and wraps it in its permit where it may. */
    public <T extends Authorisable> Authorised<T> authorise(T subject) {
        return switch (decide(subject.accessRequest())) {
            case Permit permit -> new Permitted<>(subject, permit);
            case Refusal refusal -> new Authorised.Refused<>(subject, refusal);
        };
    }
}
