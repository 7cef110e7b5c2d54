package dev.gatehouse.proxy.identity;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.snapshot.Revocations;
import java.util.Optional;

/** Tells whether a caller whose proof still holds was revoked meanwhile. */
public final class RevokedCallers {
    private RevokedCallers() {}

    /** Why {@code caller} is out; empty where it is not. Two set look-ups: made for every request. */
    public static Optional<Failure> refusal(Caller caller, Revocations revocations) {
        boolean revoked = revocations.principals().contains(caller.principal().key())
                || revocations.credentials().contains(caller.credentialId());
        return revoked
                ? Optional.of(IdentityCause.REVOKED.with(
                        "principal", caller.principal().displayName()))
                : Optional.empty();
    }
}
