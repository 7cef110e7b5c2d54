package dev.gatehouse.forge.registry;

import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.policy.AccessRequest;
import dev.gatehouse.core.policy.Action;
import dev.gatehouse.core.policy.Decision;
import dev.gatehouse.core.policy.Permit;
import dev.gatehouse.core.policy.Refusal;
import dev.gatehouse.core.policy.Resource;
import dev.gatehouse.core.snapshot.Revocations;
import dev.gatehouse.core.snapshot.Snapshot;
import dev.gatehouse.core.snapshot.SnapshotSource;

/** Asks the rules of this moment, for a request, and keeps the answer for its record. */
public final class Access {
    private final SnapshotSource snapshots;

    public Access(SnapshotSource snapshots) {
        this.snapshots = snapshots;
    }

    /** What the rules say. */
    public Decision decide(Requester requester, Action action, Resource resource) {
        Snapshot snapshot = snapshots.current();
        requester.caller().ifPresent(caller -> refuseRevoked(snapshot.revocations(), caller));
        Decision decision = snapshot.policy()
                .decide(new AccessRequest(requester.caller().map(Caller::principal), action, resource));
        requester.note(decision);
        return decision;
    }

    /** Whether the rules allow it. */
    public boolean allows(Requester requester, Action action, Resource resource) {
        return decide(requester, action, resource) instanceof Permit;
    }

    /**
     * Goes on only where the rules allow it.
     *
     * @throws dev.gatehouse.core.cause.FailureException with the refusal's cause
     */
    public void require(Requester requester, Action action, Resource resource) {
        if (decide(requester, action, resource) instanceof Refusal refusal) {
            throw refusal.failure().asException();
        }
    }

    /**
     * The principal.
     *
     * @throws dev.gatehouse.core.cause.FailureException where nobody has signed in
     */
    public Principal requirePrincipal(Requester requester) {
        return requester
                .caller()
                .map(Caller::principal)
                .orElseThrow(() -> IdentityCause.NO_CREDENTIAL
                        .with("signIn", "gatehouse login")
                        .asException());
    }

    private static void refuseRevoked(Revocations revocations, Caller caller) {
        boolean revoked = revocations.principals().contains(caller.principal().key())
                || revocations.credentials().contains(caller.credentialId());
        if (revoked) {
            throw IdentityCause.REVOKED
                    .with("principal", caller.principal().displayName(), "signIn", "gatehouse login")
                    .asException();
        }
    }
}
