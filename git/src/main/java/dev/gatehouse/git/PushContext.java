package dev.gatehouse.git;

import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.core.trace.TraceId;
import java.util.function.Supplier;

/**
 * On whose behalf a push runs.
 *
 * @param caller who pushes
 * @param repository what the repository is called now, which is what rules name
 * @param trace shown to the client, and recorded
 * @param rules the rules of the moment of the call; asked again when the refs are about to move
 */
public record PushContext(Caller caller, RepositoryName repository, TraceId trace, Supplier<RefGate> rules) {}
