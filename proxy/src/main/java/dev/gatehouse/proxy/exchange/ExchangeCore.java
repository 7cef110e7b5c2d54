package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.core.http.HeaderNames;
import dev.gatehouse.core.policy.Permitted;
import dev.gatehouse.core.snapshot.Snapshot;
import dev.gatehouse.core.trace.TraceContext;
import dev.gatehouse.proxy.exchange.DownstreamLeg.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.EventExecutor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state machine of one exchange, the same over HTTP/1.1 and HTTP/2.
 *
 * <p>Design note. Touched by its event loop alone; {@link #cancel} hops there. It ends exactly once, in {@link #finish}: from then on every call does
 * nothing, and what a call is given is released. Events of either leg may come while a call into that leg is still on the stack, so each step looks
 * at {@link #ended} again after it has called out.
 */
final class ExchangeCore implements Exchange, DownstreamEvents, UpstreamEvents {
    private static final Logger LOG = LoggerFactory.getLogger(ExchangeCore.class);

    private final ExchangeFactory context;
    private final LoopContext loop;
    private final UpstreamConnector connector;
    private final DownstreamLeg leg;
    private final Downstream downstream;
    private final RequestHead head;
    private final TraceContext trace;
    private final Snapshot snapshot;
    private final Facts facts;
    private final RequestFlow request;
    private final ResponseFlow response;
    private @Nullable Map<AttributeName<?>, Object> attributes;
    private @Nullable ForwardRequest forwarded;
    private @Nullable Failure tooLate;
    private @Nullable UpstreamStream stream;
    private boolean connecting;
    private @Nullable Runnable stopConnecting;
    private boolean retried;
    private boolean headSent;
    private boolean ended;

    /** Neighbours in the loop's shard; the shard's to touch. */
    @Nullable
    ExchangeCore before;

    /** See {@link #before}. */
    @Nullable
    ExchangeCore after;

    ExchangeCore(
            ExchangeFactory context,
            LoopContext loop,
            UpstreamConnector connector,
            DownstreamLeg leg,
            Downstream downstream,
            RequestHead head,
            TraceContext trace) {
        this.context = context;
        this.loop = loop;
        this.connector = connector;
        this.leg = leg;
        this.downstream = downstream;
        this.head = head;
        this.trace = trace;
        this.snapshot = context.snapshots().current();
        this.facts = new Facts(loop.clock().instant(), loop.nanoTime(), downstream, head);
        this.request = new RequestFlow(this, leg, head, context.limits().bodyHighWaterBytes());
        this.response = new ResponseFlow(this, leg);
    }

    // What filters see.

    @Override
    public TraceContext trace() {
        return trace;
    }

    @Override
    public Downstream downstream() {
        return downstream;
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
    public Facts facts() {
        return facts;
    }

    @Override
    public EventExecutor eventLoop() {
        return loop.eventLoop();
    }

    @Override
    public <T> Optional<T> attribute(AttributeName<T> name) {
        return attributes == null
                ? Optional.empty()
                : Optional.ofNullable(attributes.get(name)).map(name::cast);
    }

    @Override
    public <T> void attribute(AttributeName<T> name, T value) {
        if (attributes == null) {
            attributes = new HashMap<>(4);
        }
        attributes.put(name, value);
    }

    @Override
    public void inspectRequest(BodyInspector inspector) {
        if (ended) {
            inspector.onAbort();
        } else {
            guarded(() -> request.inspect(inspector));
        }
    }

    @Override
    public void inspectResponse(ResponseInspector inspector) {
        if (ended) {
            inspector.onAbort();
        } else {
            response.inspect(inspector);
        }
    }

    @Override
    public void awaiting(Failure ifTooLate) {
        tooLate = ifTooLate;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public void forward(Permitted<? extends ForwardRequest> permitted) {
        if (ended) {
            return;
        }
        if (forwarded != null) {
            throw new IllegalStateException("the request was forwarded already");
        }
        forwarded = permitted.subject();
        if (!facts.has(permitted.permit())) {
            facts.decision(permitted.permit());
        }
        tooLate = null;
        facts.decided(loop.nanoTime());
        request.start();
        contactUpstream();
    }

    @Override
    public void answer(Answer answer) {
        if (ended) {
            return;
        }
        if (headSent) {
            refuse(TrafficCause.INTERNAL.with(
                    "detail", "a second answer", "trace", trace.traceId().toString()));
            return;
        }
        if (forwarded == null) {
            facts.decided(loop.nanoTime());
        }
        letGo();
        leg.discardBody(facts.caller().isPresent());
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        for (Answer.Header line : answer.headers()) {
            headers.add(line.name(), line.value());
        }
        boolean bodyless = head.method().equals("HEAD") || answer.status() == 204 || answer.status() == 304;
        if (answer.status() != 204 && answer.status() != 304) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(answer.body().length));
        }
        sendHead(answer.status(), headers, bodyless ? Framing.NONE : Framing.LENGTH);
        if (!bodyless && answer.body().length > 0) {
            facts.bytesOut += answer.body().length;
            leg.sendBody(leg.allocator().buffer(answer.body().length).writeBytes(answer.body()));
        }
        complete();
    }

    @Override
    public void refuse(Failure failure) {
        if (ended) {
            return;
        }
        facts.failure(failure);
        if (headSent) {
            response.sayWhy(failure);
            if (!ended) {
                finish();
                leg.breakOff();
            }
            return;
        }
        Answer answer = context.renderer().render(this, failure);
        answer(answer.with("proxy-status", ProxyStatus.of(context.role(), failure)));
    }

    @Override
    public void cancel(Failure failure) {
        if (loop.eventLoop().inEventLoop()) {
            refuse(failure);
        } else {
            loop.eventLoop().execute(() -> refuse(failure));
        }
    }

    // The client's side.

    @Override
    public void start(Optional<Failure> problem) {
        if (problem.isPresent()) {
            refuse(problem.get());
        } else {
            FilterChain.run(this, context.filters(), 0);
        }
    }

    @Override
    public void onRequestBody(ByteBuf bytes) {
        if (ended) {
            bytes.release();
            return;
        }
        try {
            request.onBody(bytes);
        } catch (RuntimeException thrown) {
            failed(thrown);
        }
    }

    @Override
    public void onRequestEnd() {
        if (!ended) {
            guarded(request::onEnd);
        }
    }

    @Override
    public void onRequestBroken(Failure failure) {
        refuse(failure);
    }

    @Override
    public void onDownstreamPause() {
        if (!ended) {
            request.flush();
        }
    }

    @Override
    public void onDownstreamWritability() {
        if (!ended) {
            response.regulate();
        }
    }

    @Override
    public void onClientGone() {
        if (!ended) {
            facts.failure(TrafficCause.CLIENT_GONE.with());
            finish();
        }
    }

    // Upstream.

    /** Opens the way upstream, where it is known and there is something to send. */
    void contactUpstream() {
        if (!ended && forwarded != null && stream == null && !connecting && request.ready()) {
            open(forwarded, false);
        }
    }

    private void open(ForwardRequest target, boolean fresh) {
        connecting = true;
        Runnable stop = connector.open(target.upstream(), fresh, trace.traceId(), this);
        if (connecting) {
            stopConnecting = stop;
        }
    }

    @Override
    public void onConnected(UpstreamStream opened) {
        connecting = false;
        stopConnecting = null;
        ForwardRequest target = forwarded;
        if (ended || target == null) {
            opened.cancel();
            return;
        }
        stream = opened;
        facts.connected(opened.peer(), loop.nanoTime());
        guarded(() -> request.attach(opened, target, trace.traceparent()));
    }

    @Override
    public void onResponseHead(ResponseHead answerHead, Framing framing) {
        guarded(() -> response.onHead(answerHead, framing));
    }

    @Override
    public void onResponseBody(ByteBuf bytes) {
        if (ended) {
            bytes.release();
            return;
        }
        try {
            response.onBody(bytes);
        } catch (RuntimeException thrown) {
            failed(thrown);
        }
    }

    @Override
    public void onResponseEnd() {
        stream = null;
        if (!request.complete()) {
            request.stop();
            leg.discardBody(facts.caller().isPresent());
        }
        guarded(response::onEnd);
    }

    @Override
    public void onUpstreamPause() {
        if (!ended) {
            leg.flush();
        }
    }

    @Override
    public void onUpstreamWritability() {
        if (!ended) {
            request.regulate();
        }
    }

    @Override
    public void onUpstreamFailed(Failure failure, boolean stale) {
        stream = null;
        connecting = false;
        stopConnecting = null;
        request.detach();
        ForwardRequest target = forwarded;
        if (ended || target == null) {
            return;
        }
        boolean safe = target.method().equals("GET") || target.method().equals("HEAD");
        if (stale && safe && request.repeatable() && !retried && !response.headCame()) {
            retried = true;
            open(target, true);
        } else {
            refuse(failure);
        }
    }

    @Nullable
    UpstreamStream stream() {
        return stream;
    }

    /** What it is refused with where the filter whose turn it is does not go on. */
    Failure tooLate() {
        return tooLate != null
                ? tooLate
                : TrafficCause.INTERNAL.with(
                        "detail",
                        "a filter does not go on",
                        "trace",
                        trace.traceId().toString());
    }

    /** The next filter's turn. */
    void nextFilter() {
        tooLate = null;
    }

    LoopContext loop() {
        return loop;
    }

    LiveExchange describe() {
        return facts.describe(trace);
    }

    // The end.

    void sendHead(int status, HttpHeaders headers, Framing framing) {
        headSent = true;
        headers.set(HeaderNames.TRACE, trace.traceId().toString());
        if (!headers.contains(HttpHeaderNames.DATE)) {
            headers.set(HttpHeaderNames.DATE, loop.date());
        }
        facts.firstByte(status, loop.nanoTime());
        leg.sendHead(status, headers, framing);
    }

    /** The answer was sent whole. */
    void complete() {
        if (!ended) {
            boolean wholeRequest = request.complete() || !head.hasBody();
            finish();
            if (!wholeRequest) {
                leg.discardBody(facts.caller().isPresent());
            }
            leg.sendEnd();
        }
    }

    private void finish() {
        ended = true;
        letGo();
        loop.shard().remove(this);
        context.journal().record(facts.record(context.role(), trace, loop.nanoTime()));
    }

    /** Lets go of upstream and of what is held. */
    private void letGo() {
        Runnable stop = stopConnecting;
        connecting = false;
        stopConnecting = null;
        if (stop != null) {
            stop.run();
        }
        UpstreamStream open = stream;
        stream = null;
        request.stop();
        response.stop();
        if (open != null) {
            open.cancel();
        }
    }

    /** Runs code of filters and inspectors; what it throws is a refusal. Not for chunks: they must not cost an object each. */
    void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException thrown) {
            failed(thrown);
        }
    }

    private void failed(RuntimeException thrown) {
        if (thrown instanceof FailureException refused) {
            refuse(refused.failure());
            return;
        }
        LOG.error("trace {}: an error of ours", trace.traceId(), thrown);
        refuse(TrafficCause.INTERNAL.with(
                "detail",
                thrown.getClass().getSimpleName(),
                "trace",
                trace.traceId().toString()));
    }

    /** Looks at what may take too long. */
    void onTick(long nowNanos) {
        if (!ended && forwarded == null && request.keepsUsWaiting(context.limits().filterTimeout(), nowNanos)) {
            refuse(tooLate());
            return;
        }
        Deadlines.passed(context.limits(), request, response, forwarded, stream, headSent, nowNanos)
                .ifPresent(this::refuse);
    }
}
