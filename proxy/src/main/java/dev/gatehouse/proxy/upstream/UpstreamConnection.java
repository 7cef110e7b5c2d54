package dev.gatehouse.proxy.upstream;

import dev.gatehouse.core.audit.HandshakeRecord;
import dev.gatehouse.core.audit.RequestRecord;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.proxy.exchange.DownstreamLeg.Framing;
import dev.gatehouse.proxy.exchange.LoopContext;
import dev.gatehouse.proxy.exchange.ResponseHead;
import dev.gatehouse.proxy.exchange.Upstream;
import dev.gatehouse.proxy.exchange.UpstreamEvents;
import dev.gatehouse.proxy.exchange.UpstreamStream;
import dev.gatehouse.proxy.http1.BodyLength;
import dev.gatehouse.proxy.http1.HeadParser;
import dev.gatehouse.proxy.http1.HeadWriter;
import dev.gatehouse.proxy.http1.HopByHop;
import dev.gatehouse.proxy.http1.MalformedHttpException;
import dev.gatehouse.proxy.http1.MessageReader;
import dev.gatehouse.proxy.http1.StatusLine;
import dev.gatehouse.proxy.tls.HandshakeFaults;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 connection to an upstream: busy with one request, or idle in its pool. On its event loop alone. */
final class UpstreamConnection extends ChannelInboundHandlerAdapter
        implements UpstreamStream, MessageReader.Events, LoopContext.Timed {
    private static final int HEAD_BYTES_USUAL = 1024;

    private final LoopContext loop;
    private final UpstreamEnvironment environment;
    private final UpstreamPools pools;
    private final Upstream upstream;
    private final long generation;
    private final RequestRecord.Peer peer;
    private final Channel channel;
    private final MessageReader reader;
    private final LoopContext.Place place = new LoopContext.Place(this);
    private final long madeNanos;
    private @Nullable UpstreamEvents events;
    private int uses;
    private boolean toHead;
    private boolean chunked;
    private boolean chunkSent;
    private boolean requestSent;
    private boolean headCame;
    private boolean persistent;
    private long responseBytes;
    private long idleSinceNanos;
    private boolean gone;

    UpstreamConnection(
            LoopContext loop,
            UpstreamEnvironment environment,
            UpstreamPools pools,
            Upstream upstream,
            long generation,
            RequestRecord.Peer peer,
            Channel channel) {
        this.loop = loop;
        this.environment = environment;
        this.pools = pools;
        this.upstream = upstream;
        this.generation = generation;
        this.peer = peer;
        this.channel = channel;
        this.reader = new MessageReader(this, channel.alloc(), loop.headScratch());
        this.madeNanos = loop.coarseNanos();
        loop.watch(place);
    }

    Upstream upstream() {
        return upstream;
    }

    /** Whether it may carry another request. */
    boolean usable(long currentGeneration) {
        return channel.isActive()
                && !gone
                && generation == currentGeneration
                && loop.coarseNanos() - madeNanos
                        < environment.limits().connectionAgeMax().toNanos();
    }

    void take(UpstreamEvents taker) {
        events = taker;
        uses++;
        toHead = false;
        chunked = false;
        chunkSent = false;
        requestSent = false;
        headCame = false;
        persistent = false;
        responseBytes = 0;
        if (!channel.config().isAutoRead()) {
            channel.config().setAutoRead(true);
        }
        taker.onConnected(this);
    }

    void close() {
        channel.close();
    }

    // What the exchange asks.

    @Override
    public RequestRecord.Peer peer() {
        return peer;
    }

    @Override
    public boolean reused() {
        return uses > 1;
    }

    @Override
    public void sendHead(String method, String target, HttpHeaders headers, Framing framing) {
        toHead = method.equals("HEAD");
        chunked = framing == Framing.STREAM;
        ByteBuf out = channel.alloc().directBuffer(HEAD_BYTES_USUAL);
        boolean written = false;
        try {
            HeadWriter.requestLine(out, method, target);
            HeadWriter.headers(out, headers);
            if (chunked) {
                HeadWriter.header(out, "transfer-encoding", "chunked");
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
        requestSent = true;
        if (chunked) {
            channel.write(HeadWriter.lastChunk(chunkSent), channel.voidPromise());
        }
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
    public void demandBody(boolean wanted) {
        channel.config().setAutoRead(wanted);
    }

    @Override
    public void cancel() {
        events = null;
        channel.close();
    }

    // What comes.

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        reader.feed((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (events != null) {
            events.onUpstreamPause();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (events != null) {
            events.onUpstreamWritability();
        }
    }

    @Override
    public long onHead(byte[] bytes, int end) throws MalformedHttpException {
        UpstreamEvents current = events;
        if (current == null) {
            throw new MalformedHttpException(MalformedHttpException.Kind.SYNTAX, "", "an answer without a request");
        }
        StatusLine line = HeadParser.response(bytes, end, environment.limits().requestHeaderCountMax(), toHead);
        if (line.bodyLength() == BodyLength.ANOTHER_HEAD) {
            return BodyLength.ANOTHER_HEAD;
        }
        headCame = true;
        List<String> listed = HopByHop.listed(line.headers());
        persistent =
                line.minorVersion() == 1 && !listed.contains("close") && line.bodyLength() != BodyLength.UNTIL_CLOSE;
        HopByHop.strip(line.headers(), listed);
        boolean bodyless = toHead || line.status() == 204 || line.status() == 304;
        Framing framing = bodyless ? Framing.NONE : line.bodyLength() >= 0 ? Framing.LENGTH : Framing.STREAM;
        current.onResponseHead(new ResponseHead(line.status(), line.headers()), framing);
        return line.bodyLength();
    }

    @Override
    public void onBody(ByteBuf bytes) {
        responseBytes += bytes.readableBytes();
        if (events == null) {
            bytes.release();
        } else {
            events.onResponseBody(bytes);
        }
    }

    @Override
    public void onMessageEnd() {
        UpstreamEvents done = events;
        if (done == null) {
            return;
        }
        events = null;
        idleSinceNanos = loop.coarseNanos();
        // First into the pool: what follows the end of one exchange may be the start of the next.
        if (!persistent || !requestSent || reader.holdsBytes() || !pools.idle(this)) {
            channel.close();
        } else if (!channel.config().isAutoRead()) {
            channel.config().setAutoRead(true);
        }
        done.onResponseEnd();
        done.onUpstreamPause();
    }

    @Override
    public void onMalformed(MalformedHttpException problem) {
        fail(TrafficCause.UPSTREAM_PROTOCOL.with("service", upstream.service(), "detail", problem.detail()), false);
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        gone();
        reader.inputClosed();
        fail(broken(), reused() && !headCame);
        reader.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
        boolean tls = problem instanceof SSLException
                || (problem instanceof DecoderException && problem.getCause() instanceof SSLException);
        if (tls && !headCame && events != null) {
            // With TLS 1.3 the other end judges our certificate after our side of the handshake is over.
            Failure failure = TrafficCause.UPSTREAM_TLS_FAILED.with(
                    "service", upstream.service(), "detail", HandshakeFaults.detail(problem));
            environment
                    .journal()
                    .record(new HandshakeRecord(
                            loop.clock().instant(),
                            environment.role(),
                            false,
                            upstream.address(),
                            peer.identity(),
                            Optional.empty(),
                            failure));
            fail(failure, reused());
            channel.close();
        } else if (!requestSent && channel.isActive() && !tls) {
            // The request cannot be sent on, but its answer may be on the way; a dead connection shows when it is read.
            channel.read();
        } else {
            channel.close();
        }
    }

    private Failure broken() {
        return headCame
                ? TrafficCause.UPSTREAM_TRUNCATED.with(
                        "service", upstream.service(), "bytes", Long.toString(responseBytes))
                : TrafficCause.UPSTREAM_CLOSED.with("service", upstream.service());
    }

    private void fail(Failure failure, boolean stale) {
        UpstreamEvents told = events;
        events = null;
        if (told != null) {
            told.onUpstreamFailed(failure, stale);
        }
    }

    private void gone() {
        if (!gone) {
            gone = true;
            loop.unwatch(place);
            pools.gone(upstream, this);
        }
    }

    @Override
    public void onTick(long nowNanos) {
        boolean idleTooLong = events == null
                && nowNanos - idleSinceNanos
                        > environment.limits().upstreamKeepAliveTimeout().toNanos();
        if (idleTooLong) {
            channel.close();
        }
    }
}
