package dev.gatehouse.proxy.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The request's body on its way from the client to upstream, through the inspector where there is one. What was released before upstream is at
 * hand waits here, within the high-water mark; beyond, reading stops.
 */
final class RequestFlow implements BodySink {
    private final ExchangeCore exchange;
    private final DownstreamLeg leg;
    private final RequestHead head;
    private final boolean continueExpected;
    private final int highWaterBytes;
    private @Nullable BodyInspector inspector;
    private @Nullable ArrayDeque<ByteBuf> waiting;
    private long waitingBytes;
    private @Nullable UpstreamStream stream;
    private boolean started;
    private boolean demanding;
    private boolean inspectorPaused;
    private boolean complete;
    private boolean released;
    private boolean stopped;
    private long progressNanos;

    RequestFlow(ExchangeCore exchange, DownstreamLeg leg, RequestHead head, int highWaterBytes) {
        this.exchange = exchange;
        this.leg = leg;
        this.head = head;
        this.continueExpected = head.hasBody() && head.headers().contains(HttpHeaderNames.EXPECT);
        this.highWaterBytes = highWaterBytes;
        this.progressNanos = exchange.loop().coarseNanos();
    }

    void inspect(BodyInspector wanted) {
        if (inspector != null || started) {
            throw new IllegalStateException("the body has an inspector already, or was forwarded");
        }
        inspector = wanted;
        start();
    }

    void start() {
        if (started) {
            return;
        }
        started = true;
        progressNanos = exchange.loop().coarseNanos();
        if (!head.hasBody()) {
            onEnd();
            return;
        }
        if (continueExpected) {
            head.headers().remove(HttpHeaderNames.EXPECT);
            leg.sendContinue();
        }
        regulate();
    }

    void onBody(ByteBuf bytes) {
        progressNanos = exchange.loop().coarseNanos();
        exchange.facts().bytesIn += bytes.readableBytes();
        if (stopped) {
            bytes.release();
        } else if (inspector == null) {
            pass(bytes);
        } else {
            inspector.onChunk(bytes, this);
        }
    }

    void onEnd() {
        complete = true;
        demanding = false;
        progressNanos = exchange.loop().coarseNanos();
        if (stopped) {
            return;
        }
        if (inspector == null) {
            end();
        } else {
            inspector.onEnd(this);
        }
    }

    @Override
    public void pass(ByteBuf bytes) {
        if (stopped || released) {
            bytes.release();
            return;
        }
        if (stream != null) {
            stream.sendBody(bytes);
        } else {
            if (waiting == null) {
                waiting = new ArrayDeque<>();
            }
            waiting.add(bytes);
            waitingBytes += bytes.readableBytes();
            exchange.contactUpstream();
        }
        regulate();
    }

    @Override
    public void end() {
        if (stopped || released) {
            return;
        }
        released = true;
        inspector = null;
        if (stream != null) {
            stream.sendEnd();
            stream.flush();
        } else {
            exchange.contactUpstream();
        }
    }

    @Override
    public void pause() {
        inspectorPaused = true;
        regulate();
    }

    @Override
    public void resume() {
        inspectorPaused = false;
        regulate();
    }

    /** Whether there is something to send: the first bytes, or the end. */
    boolean ready() {
        return released || waitingBytes > 0;
    }

    /** Whether all was sent that there will be. */
    boolean allSent() {
        return released && stream != null;
    }

    boolean complete() {
        return complete;
    }

    /** Whether the client is expected to send. */
    boolean expectsBytes() {
        return demanding && !complete && !stopped;
    }

    /** Whether a filter takes too long: nothing is awaited from the client, and nothing was for {@code limit}. */
    boolean keepsUsWaiting(Duration limit, long nowNanos) {
        return !expectsBytes() && nowNanos - progressNanos > limit.toNanos();
    }

    long progressNanos() {
        return progressNanos;
    }

    /** Whether the very same request can be sent once more. */
    boolean repeatable() {
        return !head.hasBody() && exchange.facts().bytesIn == 0;
    }

    /** Upstream is at hand: sends the head, and what waited. */
    void attach(UpstreamStream opened, ForwardRequest request, String traceparent) {
        HttpHeaders headers = head.headers();
        headers.remove(HttpHeaderNames.EXPECT);
        headers.set(dev.gatehouse.core.http.HeaderNames.TRACEPARENT, traceparent);
        if (!head.authority().isEmpty()) {
            headers.set(HttpHeaderNames.HOST, head.authority());
        }
        boolean lengthKnown = headers.contains(HttpHeaderNames.CONTENT_LENGTH);
        if (!lengthKnown && released && (waitingBytes > 0 || head.hasBody())) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, Long.toString(waitingBytes));
            lengthKnown = true;
        }
        DownstreamLeg.Framing framing =
                lengthKnown || released ? DownstreamLeg.Framing.LENGTH : DownstreamLeg.Framing.STREAM;
        progressNanos = exchange.loop().coarseNanos();
        stream = opened;
        opened.sendHead(request.method(), request.target(), headers, framing);
        if (waiting != null) {
            for (ByteBuf bytes = waiting.poll(); bytes != null; bytes = waiting.poll()) {
                opened.sendBody(bytes);
            }
            waitingBytes = 0;
        }
        if (released) {
            opened.sendEnd();
        }
        opened.flush();
        regulate();
    }

    /** The connection it was sent on is gone; it may be attached again where it is {@link #repeatable()}. */
    void detach() {
        stream = null;
    }

    /** Nothing more is to be sent: the rest is of no interest. */
    void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        stream = null;
        if (waiting != null) {
            waiting.forEach(ByteBuf::release);
            waiting.clear();
        }
        if (inspector != null) {
            BodyInspector told = inspector;
            inspector = null;
            told.onAbort();
        }
    }

    void flush() {
        if (stream != null) {
            stream.flush();
        }
    }

    void regulate() {
        if (!started || complete || stopped) {
            return;
        }
        boolean room = stream != null ? stream.writable() : waitingBytes < highWaterBytes;
        boolean wanted = room && !inspectorPaused;
        if (wanted != demanding) {
            demanding = wanted;
            progressNanos = exchange.loop().coarseNanos();
            leg.demandBody(wanted);
        }
    }
}
