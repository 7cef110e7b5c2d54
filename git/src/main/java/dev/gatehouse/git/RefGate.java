package dev.gatehouse.git;

import dev.gatehouse.core.policy.AccessRequest;
import dev.gatehouse.core.policy.Permit;
import dev.gatehouse.core.policy.Policy;
import dev.gatehouse.core.policy.PolicyVersion;
import dev.gatehouse.core.policy.Refusal;

/** The rules of one moment, as the last check before a ref moves asks them. Immutable, so that one push is judged by one version. */
public interface RefGate {
    /** Which version of the rules this is. */
    PolicyVersion version();

    /** Whether it may be done. */
    RefVerdict decide(AccessRequest request);

    /** The gate that {@code policy} is. */
    static RefGate of(Policy policy) {
        return new RefGate() {
            @Override
            public PolicyVersion version() {
                return policy.version();
            }

            @Override
            public RefVerdict decide(AccessRequest request) {
                return switch (policy.decide(request)) {
                    case Permit permit -> new RefVerdict.Allowed(permit.rule());
                    case Refusal refusal -> new RefVerdict.Denied(refusal.rule(), refusal.failure());
                };
            }
        };
    }
}
