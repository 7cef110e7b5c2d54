package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.core.trace.TraceId;
import java.time.Instant;
import java.util.Optional;

/**
 * One exchange that is going on, for status pages.
 *
 * @param trace the request
 * @param since when it came
 * @param caller who it is for
 * @param peer who is at the other end of the connection
 * @param repository what it is about
 * @param operation what it is
 * @param bytesIn body bytes from the client's side so far
 * @param bytesOut body bytes to the client's side so far
 */
public record LiveExchange(
        TraceId trace,
        Instant since,
        Optional<Caller> caller,
        Optional<SpiffeId> peer,
        Optional<RepositoryName> repository,
        String operation,
        long bytesIn,
        long bytesOut) {}
