package dev.gatehouse.forge.registry;

import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.policy.Decision;
import dev.gatehouse.core.trace.TraceId;
import java.util.Optional;

/** On whose behalf something is done. */
public interface Requester {
    /** Who; empty where nobody has signed in. */
    Optional<Caller> caller();

    /** The request it belongs to; empty for a command on the machine. */
    Optional<TraceId> trace();

    /** Keeps a decision that was made for this request, for its record. */
    void note(Decision decision);
}
