package dev.gatehouse.proxy.listener;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.trace.TraceContext;
import dev.gatehouse.proxy.exchange.Discard;
import dev.gatehouse.proxy.exchange.DownstreamEvents;
import dev.gatehouse.proxy.exchange.DownstreamLeg;
import dev.gatehouse.proxy.exchange.LoopContext;
import dev.gatehouse.proxy.exchange.ProxyLimits;
import dev.gatehouse.proxy.exchange.RequestHead;
import dev.gatehouse.proxy.http1.HeadParser;
import dev.gatehouse.proxy.http1.HeadWriter;
import dev.gatehouse.proxy.http1.HopByHop;
import dev.gatehouse.proxy.http1.MalformedHttpException;
import dev.gatehouse.proxy.http1.MessageReader;
import dev.gatehouse.proxy.http1.RequestLine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.SocketChannelConfig;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection from a client: its requests one after the other, each answered before the next is parsed, so pipelined requests wait in
 * order.
 *
 * <p>Design note. On its event loop alone. At most one exchange is open. Invariant: the next head is parsed when the answer was sent whole and the
 * request was read whole (or thrown away within bounds); otherwise the connection closes.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter
        implements DownstreamLeg, MessageReader.Events, LoopContext.Timed, ServerConnection {
    private static final int HEAD_BYTES_USUAL = 512;
    private static final RequestHead UNREADABLE =
            new RequestHead("-", "-", "", RequestHead.Version.HTTP_1_1, EmptyHttpHeaders.INSTANCE, false);

    private final ListenerContext listener;
    private final ListenerContext.Loop loop;
    private final ConnectionPeer peer;
    private final Channel channel;
    private final MessageReader reader;
    private final ConnectionLifetime lifetime;
    private final LoopContext.Place place = new LoopContext.Place(this);
    private @Nullable DownstreamEvents exchange;
    private boolean closeAsked;
    private boolean oldVersion;
    private boolean hasBody;
    private boolean bodyDemanded;
    private boolean continueOwed;
    private @Nullable Discard discard;
    private boolean requestDone;
    private boolean responseDone;
    private boolean persistent;
    private boolean chunked;
    private boolean chunkSent;
    private boolean untilClose;
    private boolean unreadable;
    private boolean draining;
    private long waitingSinceNanos;
    private long unsentBytesSeen;

    Http1Connection(
            ListenerContext listener,
            ListenerContext.Loop loop,
            ConnectionPeer peer,
            ConnectionLifetime lifetime,
            Channel channel) {
        this.listener = listener;
        this.loop = loop;
        this.peer = peer;
        this.lifetime = lifetime;
        this.channel = channel;
        this.reader = new MessageReader(this, channel.alloc(), loop.context().headScratch());
        this.waitingSinceNanos = loop.context().coarseNanos();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        loop.context().watch(place);
        lifetime.opened(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        loop.context().unwatch(place);
        lifetime.closed(this);
    }

    private ProxyLimits limits() {
        return listener.limits();
    }

    // What comes.

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (draining) {
            discarded(bytes);
            return;
        }
        if (exchange == null && !reader.holdsBytes()) {
            // A head begins: from here on it is the head's time that counts, not the idle connection's.
            waitingSinceNanos = loop.context().coarseNanos();
        }
        reader.feed(bytes);
        regulateReading();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.onDownstreamPause();
        }
        channel.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.onDownstreamWritability();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        reader.release();
        DownstreamEvents open = exchange;
        exchange = null;
        if (open != null) {
            open.onClientGone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
        channel.close();
    }

    @Override
    public long onHead(byte[] bytes, int end) throws MalformedHttpException {
        RequestLine line = HeadParser.request(bytes, end, limits().requestHeaderCountMax());
        List<String> listed = HopByHop.listed(line.headers());
        boolean edge = listener.settings().edge();
        RequestHead head = RequestChecks.http1(line, listed, edge);
        oldVersion = line.minorVersion() == 0;
        closeAsked = listed.contains("close");
        hasBody = head.hasBody();
        continueOwed = hasBody && head.headers().contains(HttpHeaderNames.EXPECT);
        if (hasBody) {
            reader.pause();
        }
        begin(head, RequestChecks.trace(head.headers(), edge, loop.context().random()), Optional.empty());
        return line.bodyLength();
    }

    private void begin(RequestHead head, TraceContext trace, Optional<Failure> problem) {
        bodyDemanded = false;
        discard = null;
        requestDone = false;
        responseDone = false;
        peer.look(listener.exchanges().snapshots().current());
        DownstreamEvents begun =
                listener.exchanges().begin(loop.context(), loop.connector(), this, peer.downstream(), head, trace);
        exchange = begun;
        begun.start(problem.or(peer::refusal).or(lifetime::refusal));
    }

    @Override
    public void onBody(ByteBuf bytes) {
        DownstreamEvents open = exchange;
        if (discard != null || open == null) {
            discarded(bytes);
        } else {
            open.onRequestBody(bytes);
        }
    }

    private void discarded(ByteBuf bytes) {
        int count = bytes.readableBytes();
        bytes.release();
        if (discard != null && !discard.take(count, loop.context().coarseNanos())) {
            channel.close();
        }
    }

    @Override
    public void onMessageEnd() {
        requestDone = true;
        reader.pause();
        DownstreamEvents open = exchange;
        if (hasBody && discard == null && open != null) {
            open.onRequestEnd();
        }
        nextRequest();
    }

    @Override
    public void onMalformed(MalformedHttpException problem) {
        unreadable = true;
        Failure failure = RequestChecks.failure(problem, limits().requestHeaderBytesMax());
        DownstreamEvents open = exchange;
        if (open != null) {
            open.onRequestBroken(failure);
        } else if (!responseDone) {
            hasBody = false;
            TraceContext trace = TraceContext.mint(loop.context().random(), Optional.empty());
            begin(UNREADABLE, trace, Optional.of(failure));
        }
        channel.flush();
    }

    // What the exchange asks.

    @Override
    public ByteBufAllocator allocator() {
        return channel.alloc();
    }

    @Override
    public void demandBody(boolean wanted) {
        bodyDemanded = wanted;
        if (wanted) {
            reader.resume();
        }
        regulateReading();
    }

    @Override
    public void discardBody(boolean callerKnown) {
        if (discard == null && hasBody && !requestDone) {
            discard = Discard.begin(limits(), callerKnown, loop.context().coarseNanos());
            reader.resume();
            regulateReading();
        }
    }

    /** Reads while what comes can be used: by the exchange, by throwing it away, or to notice that the client left. */
    private void regulateReading() {
        boolean bodyWaits = hasBody && exchange != null && !requestDone && !bodyDemanded && discard == null;
        boolean full = reader.paused() && reader.holdsBytes();
        boolean wanted = draining || (!bodyWaits && !full);
        if (channel.config().isAutoRead() != wanted) {
            channel.config().setAutoRead(wanted);
        }
    }

    @Override
    public void sendContinue() {
        continueOwed = false;
        channel.writeAndFlush(HeadWriter.continueResponse(), channel.voidPromise());
    }

    @Override
    public void sendHead(int status, HttpHeaders headers, Framing framing) {
        chunked = framing == Framing.STREAM && !oldVersion;
        untilClose = framing == Framing.STREAM && oldVersion;
        chunkSent = false;
        boolean clientMayNotSendBody = continueOwed && !requestDone;
        persistent = !oldVersion && !closeAsked && !unreadable && !clientMayNotSendBody && lifetime.mayContinue();
        ByteBuf out = channel.alloc().directBuffer(HEAD_BYTES_USUAL);
        boolean written = false;
        try {
            HeadWriter.statusLine(out, status);
            HeadWriter.headers(out, headers);
            if (chunked) {
                HeadWriter.header(out, "transfer-encoding", "chunked");
            }
            if (!persistent) {
                HeadWriter.header(out, "connection", "close");
            }
            HeadWriter.end(out);
            written = true;
        } finally {
            if (!written) {
                out.release();
            }
        }
        channel.write(out, channel.voidPromise());
    }

    @Override
    public void sendBody(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (length == 0) {
            bytes.release();
            return;
        }
        if (chunked) {
            ByteBuf frame = channel.alloc().directBuffer(HeadWriter.chunkFrameLengthMax());
            HeadWriter.chunkFrame(frame, length, !chunkSent);
            chunkSent = true;
            channel.write(frame, channel.voidPromise());
        }
        channel.write(bytes, channel.voidPromise());
    }

    @Override
    public void sendEnd() {
        if (chunked) {
            channel.write(HeadWriter.lastChunk(chunkSent), channel.voidPromise());
        }
        exchange = null;
        responseDone = true;
        waitingSinceNanos = loop.context().coarseNanos();
        if (discard != null) {
            discard.answered(waitingSinceNanos);
        }
        nextRequest();
    }

    @Override
    public void breakOff() {
        exchange = null;
        if (untilClose && channel.config() instanceof SocketChannelConfig socket) {
            // Where the end of the body is the end of the connection, only a reset tells a broken answer from a
            // complete one.
            socket.setSoLinger(0);
        }
        flushAndClose();
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public boolean writable() {
        return channel.isWritable();
    }

    @Override
    public long progressMark() {
        return unsentBytes();
    }

    private long unsentBytes() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    // From one request to the next.

    private void nextRequest() {
        if (!responseDone) {
            return;
        }
        if (!persistent) {
            if (requestDone && !reader.holdsBytes() && !unreadable) {
                flushAndClose();
            } else {
                drain();
            }
            return;
        }
        if (requestDone) {
            requestDone = false;
            responseDone = false;
            hasBody = false;
            waitingSinceNanos = loop.context().coarseNanos();
            reader.resume();
            regulateReading();
        }
        channelFlushLater();
    }

    /** Inside of a batch of reads the end of the batch flushes; otherwise this is the last chance. */
    private void channelFlushLater() {
        if (exchange == null) {
            channel.flush();
        }
    }

    /** Closing with unread input would reset the connection, and could take the answer along: read on for a while. */
    private void drain() {
        draining = true;
        if (discard == null) {
            discard = Discard.begin(limits(), false, loop.context().coarseNanos());
        }
        reader.release();
        channel.flush();
        regulateReading();
    }

    private void flushAndClose() {
        reader.release();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void closeWhenDone() {
        if (exchange == null && !draining && unsentBytes() == 0) {
            channel.close();
        }
    }

    @Override
    public void closeNow() {
        channel.close();
    }

    @Override
    public void onTick(long nowNanos) {
        long waited = nowNanos - waitingSinceNanos;
        if (discard != null && (draining || responseDone)) {
            if (discard.tooLong(nowNanos)) {
                channel.close();
            }
        } else if (exchange == null) {
            boolean midHead = reader.holdsBytes();
            long unsent = unsentBytes();
            boolean progressing = unsent > 0 && unsent != unsentBytesSeen;
            unsentBytesSeen = unsent;
            if (progressing) {
                waitingSinceNanos = nowNanos;
            } else if (waited > (midHead ? limits().headTimeout() : limits().keepAliveTimeout()).toNanos()) {
                channel.close();
            }
        }
    }
}
