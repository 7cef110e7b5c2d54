package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.policy.Decision;
import dev.gatehouse.core.policy.Permitted;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.core.snapshot.Snapshot;
import dev.gatehouse.core.trace.TraceContext;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** An exchange without connections: a test says what came, runs filters, and looks at what became of it. */
public final class FakeExchange implements Exchange, ExchangeFacts {
    private final RequestHead head;
    private final Snapshot snapshot;
    private final Peer peer;
    private final TraceContext trace = TraceContext.mint(new Random(1), Optional.empty());
    private final IdentityHashMap<AttributeName<?>, Object> attributes = new IdentityHashMap<>();
    private final List<Decision> decisions = new ArrayList<>();
    private Optional<BodyInspector> requestInspector = Optional.empty();
    private Optional<ResponseInspector> responseInspector = Optional.empty();
    private Optional<ForwardRequest> forwarded = Optional.empty();
    private Optional<Answer> answer = Optional.empty();
    private Optional<Failure> failure = Optional.empty();
    private Optional<Caller> caller = Optional.empty();
    private Optional<RepositoryName> repository = Optional.empty();
    private String path = "";
    private String operation = "";

    public FakeExchange(Snapshot snapshot, Peer peer, String method, String target, String... headers) {
        this.snapshot = snapshot;
        this.peer = peer;
        this.head = new RequestHead(
                method,
                target,
                "git.test",
                RequestHead.Version.HTTP_1_1,
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders(),
                method.equals("POST"));
        for (int i = 0; i < headers.length; i += 2) {
            head.headers().add(headers[i], headers[i + 1]);
        }
    }

    /** Runs a chain as the transport does, up to where a filter stops. */
    public FakeExchange run(List<Filter> filters) {
        proceed(filters, 0);
        return this;
    }

    private void proceed(List<Filter> filters, int index) {
        if (!ended() && index < filters.size()) {
            try {
                filters.get(index).onRequest(this, () -> proceed(filters, index + 1));
            } catch (FailureException refused) {
                refuse(refused.failure());
            }
        }
    }

    /** Lets a body come, in one chunk; what the inspector passes goes to {@code out}. */
    public void body(ByteBuf bytes, BodySink out) {
        BodyInspector inspector = requestInspector.orElseThrow();
        inspector.onChunk(bytes, out);
        inspector.onEnd(out);
    }

    public Optional<ForwardRequest> forwarded() {
        return forwarded;
    }

    public Optional<Answer> answered() {
        return answer;
    }

    public String operation() {
        return operation;
    }

    public String path() {
        return path;
    }

    public Optional<ResponseInspector> responseInspector() {
        return responseInspector;
    }

    @Override
    public TraceContext trace() {
        return trace;
    }

    @Override
    public Downstream downstream() {
        return new Downstream("192.0.2.7:4711", Optional.empty(), peer);
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public ExchangeFacts facts() {
        return this;
    }

    @Override
    public EventExecutor eventLoop() {
        return ImmediateEventExecutor.INSTANCE;
    }

    @Override
    public <T> Optional<T> attribute(AttributeName<T> name) {
        return Optional.ofNullable(attributes.get(name)).map(name::cast);
    }

    @Override
    public <T> void attribute(AttributeName<T> name, T value) {
        attributes.put(name, value);
    }

    @Override
    public void inspectRequest(BodyInspector inspector) {
        requestInspector = Optional.of(inspector);
    }

    @Override
    public void inspectResponse(ResponseInspector inspector) {
        responseInspector = Optional.of(inspector);
    }

    @Override
    public void forward(Permitted<? extends ForwardRequest> request) {
        if (!ended()) {
            forwarded = Optional.of(request.subject());
        }
    }

    @Override
    public void answer(Answer made) {
        if (!ended()) {
            answer = Optional.of(made);
        }
    }

    @Override
    public void refuse(Failure cause) {
        if (!ended()) {
            failure = Optional.of(cause);
            requestInspector.ifPresent(BodyInspector::onAbort);
        }
    }

    @Override
    public void cancel(Failure cause) {
        refuse(cause);
    }

    @Override
    public void awaiting(Failure ifTooLate) {}

    @Override
    public boolean ended() {
        return failure.isPresent() || answer.isPresent();
    }

    @Override
    public Optional<Caller> caller() {
        return caller;
    }

    @Override
    public void caller(Caller who) {
        caller = Optional.of(who);
    }

    @Override
    public Optional<SpiffeId> peer() {
        return peer instanceof Peer.Verified verified ? Optional.of(verified.id()) : Optional.empty();
    }

    @Override
    public Optional<RepositoryName> repository() {
        return repository;
    }

    @Override
    public void repository(RepositoryName name) {
        repository = Optional.of(name);
    }

    @Override
    public void path(String canonicalPath) {
        path = canonicalPath;
    }

    @Override
    public void operation(String name) {
        operation = name;
    }

    @Override
    public void decision(Decision decision) {
        decisions.add(decision);
    }

    @Override
    public List<Decision> decisions() {
        return decisions;
    }

    @Override
    public void failure(Failure cause) {
        failure = failure.or(() -> Optional.of(cause));
    }

    @Override
    public Optional<Failure> failure() {
        return failure;
    }
}
