package dev.gatehouse.core.audit;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.trace.TraceId;
import java.time.Instant;
import java.util.Optional;

/**
 * A TLS handshake that failed: the request it was for never came, so there is no trace, unless this side was the client.
 *
 * @param time when
 * @param role which part this hop is
 * @param accepting whether this side was the server
 * @param address the other end
 * @param identity what its certificate said, as far as it was read; otherwise empty
 * @param trace the request that the connection was opened for, where this side was the client
 * @param failure why
 */
public record HandshakeRecord(
        Instant time,
        Role role,
        boolean accepting,
        String address,
        String identity,
        Optional<TraceId> trace,
        Failure failure)
        implements AuditRecord {}
