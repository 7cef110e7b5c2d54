package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.audit.DecisionSummary;
import dev.gatehouse.core.audit.RequestRecord;
import dev.gatehouse.core.audit.Role;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.policy.Decision;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.core.trace.TraceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects what the record of one exchange is made from. */
final class Facts implements ExchangeFacts {
    /** A path as it came can be anything; so much of it is kept. */
    private static final int RAW_PATH_LENGTH_MAX = 256;

    private final Instant time;
    private final long startNanos;
    private final Downstream downstream;
    private final RequestHead head;
    private final List<Decision> decisions = new ArrayList<>(2);
    private @Nullable Caller caller;
    private @Nullable RepositoryName repository;
    private @Nullable String path;
    private String operation = "";
    private @Nullable Failure failure;
    private RequestRecord.@Nullable Peer upstream;
    private long decidedNanos;
    private long connectedNanos;
    private long firstByteNanos;
    private int status;
    long bytesIn;
    long bytesOut;

    Facts(Instant time, long startNanos, Downstream downstream, RequestHead head) {
        this.time = time;
        this.startNanos = startNanos;
        this.downstream = downstream;
        this.head = head;
    }

    @Override
    public Optional<Caller> caller() {
        return Optional.ofNullable(caller);
    }

    @Override
    public void caller(Caller known) {
        caller = known;
    }

    @Override
    public Optional<SpiffeId> peer() {
        return downstream.peer() instanceof Peer.Verified verified ? Optional.of(verified.id()) : Optional.empty();
    }

    @Override
    public Optional<RepositoryName> repository() {
        return Optional.ofNullable(repository);
    }

    @Override
    public void repository(RepositoryName known) {
        repository = known;
    }

    @Override
    public void path(String canonicalPath) {
        path = canonicalPath;
    }

    @Override
    public void operation(String known) {
        operation = known;
    }

    @Override
    public void decision(Decision decision) {
        decisions.add(decision);
    }

    @Override
    public List<Decision> decisions() {
        return List.copyOf(decisions);
    }

    @SuppressWarnings("ReferenceEquality")
    boolean has(Decision decision) {
        for (Decision known : decisions) {
            if (known == decision) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void failure(Failure cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    @Override
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    void decided(long nanos) {
        decidedNanos = nanos;
    }

    void connected(RequestRecord.Peer peer, long nanos) {
        upstream = peer;
        connectedNanos = nanos;
    }

    void firstByte(int sentStatus, long nanos) {
        status = sentStatus;
        firstByteNanos = nanos;
    }

    LiveExchange describe(TraceContext trace) {
        return new LiveExchange(trace.traceId(), time, caller(), peer(), repository(), operation, bytesIn, bytesOut);
    }

    RequestRecord record(Role role, TraceContext trace, long endNanos) {
        List<DecisionSummary> summaries = new ArrayList<>(decisions.size());
        for (Decision decision : decisions) {
            summaries.add(DecisionSummary.of(decision));
        }
        return new RequestRecord(
                time,
                role,
                trace,
                caller(),
                downstreamPeer(),
                Optional.ofNullable(upstream),
                head.method(),
                shownPath(),
                operation,
                repository(),
                summaries,
                status,
                failure(),
                bytesIn,
                bytesOut,
                new RequestRecord.Timing(
                        micros(decidedNanos), micros(connectedNanos), micros(firstByteNanos), micros(endNanos)));
    }

    private long micros(long nanos) {
        return nanos == 0 ? RequestRecord.NEVER : (nanos - startNanos) / 1000;
    }

    private RequestRecord.Peer downstreamPeer() {
        String identity = switch (downstream.peer()) {
            case Peer.Anonymous() -> "";
            case Peer.Verified verified -> verified.id().toString();
            case Peer.Rejected rejected ->
                rejected.claimed().map(id -> "not verified: " + id).orElse("");
            case Peer.LocalProcess process -> "uid " + process.uid();
        };
        return new RequestRecord.Peer(
                downstream.address(),
                identity,
                downstream.tls().map(Downstream.TlsParameters::toString).orElse(""));
    }

    /** Never the query: it may hold a secret. */
    String shownPath() {
        if (path != null) {
            return path;
        }
        String raw = head.target();
        int query = raw.indexOf('?');
        String shown = query < 0 ? raw : raw.substring(0, query);
        return shown.length() <= RAW_PATH_LENGTH_MAX ? shown : shown.substring(0, RAW_PATH_LENGTH_MAX) + "…";
    }
}
