package dev.gatehouse.core.audit;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.core.trace.TraceContext;
import dev.gatehouse.core.trace.TraceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One request, as one hop saw it: the record that {@code explain} prints a hop from.
 *
 * @param time when the first byte of it came
 * @param role which part this hop is
 * @param context where the hop stands in the trace
 * @param caller who it is for; empty where unknown or nobody
 * @param downstream who sent it to this hop
 * @param upstream where this hop sent it; empty where it answered itself
 * @param method the HTTP method
 * @param path the canonical path without its query, or as much of what came as can be shown
 * @param operation what it is, such as {@code git-upload-pack}, {@code discover git-receive-pack}, {@code page}
 * @param repository empty where it is not about one
 * @param decisions in the order they were made
 * @param status the HTTP status that was sent; 0 where none was
 * @param failure the cause, where it was refused or failed, also inside a 200
 * @param bytesIn body bytes received from the client's side
 * @param bytesOut body bytes sent to the client's side
 * @param timing when what happened
 */
public record RequestRecord(
        Instant time,
        Role role,
        TraceContext context,
        Optional<Caller> caller,
        Peer downstream,
        Optional<Peer> upstream,
        String method,
        String path,
        String operation,
        Optional<RepositoryName> repository,
        List<DecisionSummary> decisions,
        int status,
        Optional<Failure> failure,
        long bytesIn,
        long bytesOut,
        Timing timing)
        implements AuditRecord {

    /** Said of a moment that never came. */
    public static final long NEVER = -1;

    public RequestRecord {
        decisions = List.copyOf(decisions);
    }

    @Override
    public Optional<TraceId> trace() {
        return Optional.of(context.traceId());
    }

    /**
     * The other end of one connection.
     *
     * @param address host and port, or the path of a Unix socket
     * @param identity the SPIFFE ID of its TLS certificate, or {@code uid 0} for a Unix socket; empty where it showed none
     * @param tls protocol and cipher, such as {@code TLSv1.3 TLS_AES_128_GCM_SHA256}; empty without TLS
     */
    public record Peer(String address, String identity, String tls) {}

    /**
     * Microseconds after {@link RequestRecord#time()}; {@link #NEVER} where it did not happen.
     *
     * @param decidedMicros the policy had answered
     * @param upstreamConnectedMicros a connection upstream was at hand
     * @param firstByteMicros the first byte of the answer came from upstream, or was made here
     * @param endMicros the last byte was sent, or the exchange broke off
     */
    public record Timing(long decidedMicros, long upstreamConnectedMicros, long firstByteMicros, long endMicros) {}
}
