package dev.gatehouse.git;

import dev.gatehouse.core.cause.PolicyCause;
import dev.gatehouse.core.policy.AccessRequest;
import dev.gatehouse.core.policy.Action;
import dev.gatehouse.core.policy.PolicyVersion;
import dev.gatehouse.core.policy.Resource;
import dev.gatehouse.core.policy.RuleReference;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;

/** Rules that a test can change at any moment; each change is a new version. */
final class TestRules {
    private final AtomicLong versions = new AtomicLong(1);
    private volatile RefGate gate = gateOf((action, ref) -> true, 1);

    RefGate current() {
        return gate;
    }

    /** Allows what {@code rule} says yes to, asked with the action and the ref's name. */
    void allow(BiPredicate<Action, String> rule) {
        gate = gateOf(rule, versions.incrementAndGet());
    }

    private static RefGate gateOf(BiPredicate<Action, String> rule, long version) {
        return new RefGate() {
            @Override
            public PolicyVersion version() {
                return new PolicyVersion(version, "0123456789ab");
            }

            @Override
            public RefVerdict decide(AccessRequest request) {
                String ref = request.resource() instanceof Resource.Ref named
                        ? named.name().value()
                        : "";
                if (rule.test(request.action(), ref)) {
                    return new RefVerdict.Allowed(new RuleReference("test", "policy.yaml", 1));
                }
                return new RefVerdict.Denied(
                        RuleReference.defaultDeny(),
                        PolicyCause.NOT_ALLOWED.with(
                                "principal",
                                "alice",
                                "action",
                                request.action().label(),
                                "resource",
                                request.resource().label()));
            }
        };
    }
}
