package dev.gatehouse.forge.git;

import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.policy.AccessRequest;
import dev.gatehouse.core.policy.PolicyVersion;
import dev.gatehouse.core.policy.RuleReference;
import dev.gatehouse.core.snapshot.Snapshot;
import dev.gatehouse.git.RefGate;
import dev.gatehouse.git.RefVerdict;

/**
 * The ref gate of one moment: its rules, and its revocations, so that a push which began before its credential was revoked does not end after.
 *
 * @param snapshot the moment
 * @param caller who pushes
 */
record SnapshotGate(Snapshot snapshot, Caller caller) implements RefGate {
    private static final RuleReference REVOKED = RuleReference.builtIn("revoked");

    @Override
    public PolicyVersion version() {
        return snapshot.policy().version();
    }

    @Override
    public RefVerdict decide(AccessRequest request) {
        boolean revoked =
                snapshot.revocations().principals().contains(caller.principal().key())
                        || snapshot.revocations().credentials().contains(caller.credentialId());
        if (revoked) {
            return new RefVerdict.Denied(
                    REVOKED,
                    IdentityCause.REVOKED.with(
                            "principal", caller.principal().displayName(), "signIn", "gatehouse login"));
        }
        return RefGate.of(snapshot.policy()).decide(request);
    }
}
