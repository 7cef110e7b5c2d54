package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.proxy.exchange.DownstreamLeg.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer's body on its way from upstream to the client, through the inspector where there is one. Bounded by the client's pace. */
final class ResponseFlow implements BodySink {
    private final ExchangeCore exchange;
    private final DownstreamLeg leg;
    private @Nullable ResponseInspector inspector;
    private boolean headCame;
    private boolean bodyless;
    private boolean inspectorPaused;
    private boolean demanding = true;
    private boolean upstreamDone;
    private boolean stopped;
    private long progressNanos;
    private long progressMark;
    private long takenNanos;

    ResponseFlow(ExchangeCore exchange, DownstreamLeg leg) {
        this.exchange = exchange;
        this.leg = leg;
    }

    void inspect(ResponseInspector wanted) {
        if (inspector != null) {
            throw new IllegalStateException("the answer has an inspector already");
        }
        inspector = wanted;
    }

    void onHead(ResponseHead head, Framing framing) {
        headCame = true;
        progressNanos = exchange.loop().coarseNanos();
        if (inspector != null) {
            Optional<Answer> instead = inspector.onHead(head);
            if (instead.isPresent()) {
                exchange.answer(instead.get());
                return;
            }
        }
        if (stopped) {
            return;
        }
        bodyless = framing == Framing.NONE;
        boolean lengthKnown = bodyless || head.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
        exchange.sendHead(head.status(), head.headers(), lengthKnown ? framing : Framing.STREAM);
    }

    void onBody(ByteBuf bytes) {
        progressNanos = exchange.loop().coarseNanos();
        if (stopped) {
            bytes.release();
        } else if (inspector == null) {
            pass(bytes);
        } else {
            inspector.onChunk(bytes, this);
        }
    }

    void onEnd() {
        upstreamDone = true;
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
        if (stopped || bodyless) {
            bytes.release();
            return;
        }
        exchange.facts().bytesOut += bytes.readableBytes();
        leg.sendBody(bytes);
        if (!leg.writable()) {
            regulate();
        }
    }

    @Override
    public void end() {
        if (!stopped) {
            inspector = null;
            exchange.complete();
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

    boolean headCame() {
        return headCame;
    }

    /** The inspector's last words, before the stream is broken off. */
    void sayWhy(Failure failure) {
        if (inspector != null && !bodyless) {
            inspector.onBroken(failure, leg.allocator()).ifPresent(this::pass);
        }
    }

    void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        if (inspector != null) {
            ResponseInspector told = inspector;
            inspector = null;
            told.onAbort();
        }
    }

    void regulate() {
        UpstreamStream stream = exchange.stream();
        boolean wanted = !inspectorPaused && leg.writable();
        if (stream != null && !stopped && wanted != demanding) {
            demanding = wanted;
            progressNanos = exchange.loop().coarseNanos();
            takenNanos = progressNanos;
            progressMark = leg.progressMark();
            stream.demandBody(wanted);
        }
    }

    /** Since when upstream has been silent though its answer is wanted; {@code nowNanos} where it has not. */
    long silentSince(long nowNanos) {
        return headCame && demanding && !upstreamDone ? progressNanos : nowNanos;
    }

    /** Since when the client has taken nothing though there is something to take; {@code nowNanos} where it has. */
    long stuckSince(long nowNanos) {
        if (leg.writable()) {
            takenNanos = nowNanos;
            return nowNanos;
        }
        long mark = leg.progressMark();
        if (mark != progressMark) {
            takenNanos = nowNanos;
        }
        progressMark = mark;
        return takenNanos;
    }
}
