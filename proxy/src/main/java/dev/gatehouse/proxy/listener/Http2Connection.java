package dev.gatehouse.proxy.listener;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.trace.TraceContext;
import dev.gatehouse.proxy.exchange.LoopContext;
import dev.gatehouse.proxy.exchange.ProxyLimits;
import dev.gatehouse.proxy.exchange.RequestHead;
import dev.gatehouse.proxy.http1.MalformedHttpException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection from a client (RFC 9113). Each stream is one exchange, with {@link Http2Leg} as its client's side.
 *
 * <p>Design note. On its event loop alone. Received bytes are given back to the flow-control windows when an exchange has taken them, so a client
 * cannot send faster than upstream reads, stream by stream. Netty's codec enforces the framing, and limits resets and control frames.
 */
final class Http2Connection extends Http2ConnectionHandler implements ServerConnection, LoopContext.Timed {
    /** What one stream may send ahead. */
    private static final int STREAM_WINDOW_BYTES = 1024 * 1024;
    /** What all streams of a connection may send ahead. */
    private static final int CONNECTION_WINDOW_BYTES = 8 * 1024 * 1024;

    private static final RequestHead UNREADABLE =
            new RequestHead("-", "-", "", RequestHead.Version.HTTP_2, EmptyHttpHeaders.INSTANCE, false);

    private final ListenerContext listener;
    private final ListenerContext.Loop loop;
    private final ConnectionPeer peer;
    private final ConnectionLifetime lifetime;
    private final Channel channel;
    private final LoopContext.Place place = new LoopContext.Place(this);
    private final io.netty.handler.codec.http2.Http2Connection.PropertyKey legKey;
    private final List<Http2Leg> touched = new ArrayList<>();
    private @Nullable ChannelHandlerContext context;
    private boolean goingAway;
    private long idleSinceNanos;

    private Http2Connection(
            Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings, Builder builder) {
        super(decoder, encoder, settings);
        this.listener = builder.listener;
        this.loop = builder.loop;
        this.peer = builder.peer;
        this.lifetime = builder.lifetime;
        this.channel = builder.channel;
        this.legKey = connection().newKey();
        this.idleSinceNanos = loop.context().coarseNanos();
        connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamClosed(Http2Stream stream) {
                Http2Leg leg = leg(stream);
                if (leg != null) {
                    leg.onClosed();
                }
                idleSinceNanos = loop.context().coarseNanos();
            }
        });
        encoder.flowController().listener(stream -> {
            Http2Leg leg = leg(stream);
            if (leg != null) {
                leg.onWritability();
            }
        });
    }

    static Http2Connection create(
            ListenerContext listener,
            ListenerContext.Loop loop,
            ConnectionPeer peer,
            ConnectionLifetime lifetime,
            Channel channel) {
        return new Builder(listener, loop, peer, lifetime, channel).build();
    }

    private static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<Http2Connection, Builder> {
        private final ListenerContext listener;
        private final ListenerContext.Loop loop;
        private final ConnectionPeer peer;
        private final ConnectionLifetime lifetime;
        private final Channel channel;

        Builder(
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
            ProxyLimits limits = listener.limits();
            server(true);
            initialSettings(Http2Settings.defaultSettings()
                    .maxConcurrentStreams(limits.streamsPerConnectionMax())
                    .initialWindowSize(STREAM_WINDOW_BYTES)
                    .maxHeaderListSize(limits.requestHeaderBytesMax()));
            gracefulShutdownTimeoutMillis(-1);
        }

        @Override
        protected Http2Connection build() {
            return super.build();
        }

        @Override
        protected Http2Connection build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
            Http2Connection connection = new Http2Connection(decoder, encoder, settings, this);
            frameListener(connection.new Frames());
            return connection;
        }
    }

    /** What the codec reads. */
    private final class Frames extends Http2FrameAdapter {
        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int streamId,
                Http2Headers headers,
                int streamDependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean endOfStream) {
            onHeadersRead(context, streamId, headers, padding, endOfStream);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int streamId, Http2Headers headers, int padding, boolean endOfStream) {
            Http2Stream stream = connection().stream(streamId);
            Http2Leg known = leg(stream);
            if (known == null) {
                open(stream, headers, endOfStream);
            } else if (endOfStream) {
                // Trailers: nothing here may be said after the head.
                known.onEnd();
            }
        }

        @Override
        public int onDataRead(
                ChannelHandlerContext context, int streamId, ByteBuf data, int padding, boolean endOfStream) {
            int flowControlled = data.readableBytes() + padding;
            Http2Leg leg = leg(connection().stream(streamId));
            if (leg == null) {
                return flowControlled;
            }
            touched.add(leg);
            return leg.onData(data, flowControlled, endOfStream);
        }
    }

    private @Nullable Http2Leg leg(@Nullable Http2Stream stream) {
        return stream == null ? null : (Http2Leg) stream.getProperty(legKey);
    }

    private void open(Http2Stream stream, Http2Headers headers, boolean endOfStream) {
        boolean edge = listener.settings().edge();
        RequestHead head = UNREADABLE;
        Optional<Failure> problem = Optional.empty();
        try {
            head = Http2Checks.head(headers, endOfStream, listener.limits().requestHeaderCountMax(), edge);
        } catch (MalformedHttpException malformed) {
            problem = Optional.of(
                    RequestChecks.failure(malformed, listener.limits().requestHeaderBytesMax()));
        }
        TraceContext trace = problem.isPresent()
                ? TraceContext.mint(loop.context().random(), Optional.empty())
                : RequestChecks.trace(head.headers(), edge, loop.context().random());
        peer.look(listener.exchanges().snapshots().current());
        Http2Leg leg = new Http2Leg(
                this,
                stream,
                listener.limits(),
                loop.context(),
                endOfStream,
                head.headers().contains(HttpHeaderNames.EXPECT));
        stream.setProperty(legKey, leg);
        leg.begin(
                listener.exchanges().begin(loop.context(), loop.connector(), leg, peer.downstream(), head, trace),
                problem.or(peer::refusal).or(lifetime::refusal));
    }

    // The channel's events.

    @Override
    public void handlerAdded(ChannelHandlerContext added) throws Exception {
        context = added;
        super.handlerAdded(added);
        loop.context().watch(place);
        lifetime.opened(this);
        var windows = decoder().flowController();
        windows.incrementWindowSize(
                connection().connectionStream(),
                CONNECTION_WINDOW_BYTES - windows.windowSize(connection().connectionStream()));
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext removed) throws Exception {
        loop.context().unwatch(place);
        lifetime.closed(this);
        super.handlerRemoved0(removed);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext completed) throws Exception {
        for (int i = 0; i < touched.size(); i++) {
            touched.get(i).onPause();
        }
        touched.clear();
        super.channelReadComplete(completed);
    }

    // What legs ask.

    ChannelHandlerContext context() {
        ChannelHandlerContext known = context;
        if (known == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return known;
    }

    void flushNow() {
        flush(context());
    }

    boolean writable(Http2Stream stream) {
        return encoder().flowController().isWritable(stream);
    }

    /** Changes when the client takes bytes: its window moves, or the socket does. */
    long progressMark(Http2Stream stream) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        long unsent = buffer == null ? 0 : buffer.totalPendingWriteBytes();
        return (unsent << 32) + encoder().flowController().windowSize(stream);
    }

    /** Gives {@code bytes} back to the client's windows. */
    void consumed(Http2Stream stream, int bytes) {
        try {
            if (decoder().flowController().consumeBytes(stream, bytes)) {
                context().flush();
            }
        } catch (Http2Exception problem) {
            onError(context(), true, problem);
        }
    }

    void reset(Http2Stream stream, Http2Error error) {
        resetStream(context(), stream.id(), error.code(), context().newPromise());
        context().flush();
    }

    // What the listener asks.

    @Override
    public void closeWhenDone() {
        if (!goingAway) {
            goingAway = true;
            // The codec says GOAWAY, and closes after the last stream.
            channel.close();
        }
    }

    @Override
    public void closeNow() {
        gracefulShutdownTimeoutMillis(0);
        channel.close();
    }

    @Override
    public void onTick(long nowNanos) {
        boolean idleTooLong = connection().numActiveStreams() == 0
                && nowNanos - idleSinceNanos
                        > listener.limits().keepAliveTimeout().toNanos();
        if (idleTooLong || !lifetime.mayContinue()) {
            closeWhenDone();
        }
        if (connection().numActiveStreams() > 0) {
            expire(nowNanos);
        }
    }

    private void expire(long nowNanos) {
        List<Http2Leg> late = new ArrayList<>();
        try {
            connection().forEachActiveStream(stream -> {
                Http2Leg leg = leg(stream);
                if (leg != null && leg.lingersTooLong(nowNanos)) {
                    late.add(leg);
                }
                return true;
            });
        } catch (Http2Exception problem) {
            onError(context(), true, problem);
        }
        late.forEach(Http2Leg::stopUpload);
    }
}
