package dev.gatehouse.proxy.listener;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.proxy.exchange.Discard;
import dev.gatehouse.proxy.exchange.DownstreamEvents;
import dev.gatehouse.proxy.exchange.DownstreamLeg;
import dev.gatehouse.proxy.exchange.LoopContext;
import dev.gatehouse.proxy.exchange.ProxyLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AsciiString;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one exchange over HTTP/2: one stream. What the client sends before it is wanted is kept, bounded by the stream's window,
 * which is not given back until then. On the connection's event loop.
 *
 * <p>Design note. An answer that comes before the request is whole ends only when the request does, or when enough of it was thrown away: its
 * {@code END_STREAM} is held back, and its length not told. RFC 9113, section 8.1, would have it end at once; but a curl that has read all of an
 * answer reads no more, so it never sees its windows opened again, and a git that uses it hangs with the refusal in its hands.
 */
final class Http2Leg implements DownstreamLeg {
    private static final long LENGTH_UNKNOWN = -1;

    private final Http2Connection connection;
    private final Http2Stream stream;
    private final ProxyLimits limits;
    private final LoopContext loop;
    private @Nullable DownstreamEvents exchange;
    private @Nullable ArrayDeque<ByteBuf> kept;
    private int unconsumedBytes;
    private boolean demanded;
    private @Nullable Discard discard;
    private boolean requestDone;
    private boolean endDelivered;
    private boolean responseDone;
    private boolean endSent;
    private boolean endHeld;
    private boolean continueOwed;
    private boolean closed;
    private long lengthLeft = LENGTH_UNKNOWN;

    /** @param continueOwed whether the client sends no body before it is told to continue */
    Http2Leg(
            Http2Connection connection,
            Http2Stream stream,
            ProxyLimits limits,
            LoopContext loop,
            boolean bodyless,
            boolean continueOwed) {
        this.connection = connection;
        this.stream = stream;
        this.limits = limits;
        this.loop = loop;
        this.requestDone = bodyless;
        this.endDelivered = bodyless;
        this.continueOwed = continueOwed;
    }

    void begin(DownstreamEvents begun, Optional<Failure> problem) {
        exchange = begun;
        begun.start(problem);
    }

    // What comes.

    /** Returns how many bytes are given back to the windows at once. */
    int onData(ByteBuf data, int flowControlled, boolean endOfStream) {
        requestDone |= endOfStream;
        DownstreamEvents open = exchange;
        Discard rest = discard;
        if (rest != null || open == null) {
            if (rest != null && !rest.take(flowControlled, loop.coarseNanos())) {
                stopUpload();
            }
            sendHeldEnd();
            return flowControlled;
        }
        if (!demanded) {
            unconsumedBytes += flowControlled;
            if (data.isReadable()) {
                if (kept == null) {
                    kept = new ArrayDeque<>();
                }
                kept.add(data.retain());
            }
            return 0;
        }
        if (data.isReadable()) {
            open.onRequestBody(data.retain());
        }
        deliverEnd();
        return flowControlled;
    }

    void onEnd() {
        requestDone = true;
        if (demanded) {
            deliverEnd();
        }
        sendHeldEnd();
    }

    private void deliverEnd() {
        DownstreamEvents open = exchange;
        if (requestDone && !endDelivered && discard == null && (kept == null || kept.isEmpty()) && open != null) {
            endDelivered = true;
            open.onRequestEnd();
        }
    }

    void onPause() {
        if (exchange != null) {
            exchange.onDownstreamPause();
        }
    }

    void onWritability() {
        if (exchange != null) {
            exchange.onDownstreamWritability();
        }
    }

    /** The stream is gone: properly, by a reset, or with the connection. */
    void onClosed() {
        closed = true;
        dropKept();
        DownstreamEvents open = exchange;
        exchange = null;
        if (open != null) {
            open.onClientGone();
        }
    }

    // What the exchange asks.

    @Override
    public ByteBufAllocator allocator() {
        return connection.context().alloc();
    }

    @Override
    public void demandBody(boolean wanted) {
        demanded = wanted;
        while (demanded && kept != null && !kept.isEmpty() && exchange != null) {
            exchange.onRequestBody(kept.poll());
        }
        if (demanded) {
            giveBack();
            deliverEnd();
            onPause();
        }
    }

    @Override
    public void discardBody(boolean callerKnown) {
        if (discard == null && !closed) {
            discard = Discard.begin(limits, callerKnown, loop.coarseNanos());
            dropKept();
            giveBack();
        }
    }

    private void giveBack() {
        int bytes = unconsumedBytes;
        unconsumedBytes = 0;
        if (bytes > 0 && !closed) {
            connection.consumed(stream, bytes);
        }
    }

    private void dropKept() {
        if (kept != null) {
            kept.forEach(ByteBuf::release);
            kept.clear();
        }
    }

    @Override
    public void sendContinue() {
        continueOwed = false;
        write(new DefaultHttp2Headers(false).status("100"), false);
        connection.flushNow();
    }

    @Override
    public void sendHead(int status, HttpHeaders headers, Framing framing) {
        boolean beforeItsTime = framing == Framing.LENGTH && holdsEnd();
        Http2Headers sent = new DefaultHttp2Headers(false, headers.size() + 1);
        sent.status(Integer.toString(status));
        Iterator<Map.Entry<CharSequence, CharSequence>> lines = headers.iteratorCharSequence();
        while (lines.hasNext()) {
            Map.Entry<CharSequence, CharSequence> line = lines.next();
            if (!beforeItsTime || !HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(line.getKey())) {
                sent.add(AsciiString.of(line.getKey()).toLowerCase(), line.getValue());
            }
        }
        if (framing == Framing.LENGTH && !beforeItsTime) {
            lengthLeft = Long.parseLong(headers.get(HttpHeaderNames.CONTENT_LENGTH, "0"));
        }
        endSent = framing == Framing.NONE || lengthLeft == 0;
        write(sent, endSent);
    }

    /** Whether an answer that would end now has to wait for the request's end. */
    private boolean holdsEnd() {
        return !requestDone && !continueOwed;
    }

    private void write(Http2Headers headers, boolean endOfStream) {
        if (!closed) {
            ChannelHandlerContext context = connection.context();
            connection.encoder().writeHeaders(context, stream.id(), headers, 0, endOfStream, context.newPromise());
        }
    }

    @Override
    public void sendBody(ByteBuf bytes) {
        if (closed || endSent) {
            bytes.release();
            return;
        }
        if (lengthLeft != LENGTH_UNKNOWN) {
            lengthLeft -= bytes.readableBytes();
            endSent = lengthLeft == 0;
        }
        write(bytes, endSent);
    }

    private void write(ByteBuf bytes, boolean endOfStream) {
        ChannelHandlerContext context = connection.context();
        connection.encoder().writeData(context, stream.id(), bytes, 0, endOfStream, context.newPromise());
    }

    @Override
    public void sendEnd() {
        exchange = null;
        responseDone = true;
        if (discard != null) {
            discard.answered(loop.coarseNanos());
        }
        endHeld = !closed && !endSent;
        if (!holdsEnd() || discard == null) {
            writeHeldEnd();
        }
        connection.flushNow();
    }

    private void sendHeldEnd() {
        if (endHeld && requestDone) {
            writeHeldEnd();
            connection.flushNow();
        }
    }

    private void writeHeldEnd() {
        if (endHeld && !closed) {
            endHeld = false;
            endSent = true;
            write(Unpooled.EMPTY_BUFFER, true);
        }
    }

    @Override
    public void breakOff() {
        exchange = null;
        if (!closed) {
            connection.flushNow();
            connection.reset(stream, Http2Error.INTERNAL_ERROR);
        }
    }

    @Override
    public void flush() {
        connection.flushNow();
    }

    @Override
    public boolean writable() {
        return !closed && connection.writable(stream);
    }

    @Override
    public long progressMark() {
        return closed ? 0 : connection.progressMark(stream);
    }

    // An answer that came before the upload was over.

    boolean lingersTooLong(long nowNanos) {
        return responseDone && !requestDone && discard != null && discard.tooLong(nowNanos);
    }

    /** Tells the client to send no more (RFC 9113, section 8.1). */
    void stopUpload() {
        if (!closed) {
            writeHeldEnd();
            connection.reset(stream, responseDone ? Http2Error.NO_ERROR : Http2Error.CANCEL);
        }
    }
}
