package dev.gatehouse.proxy.upstream;

import dev.gatehouse.core.audit.HandshakeRecord;
import dev.gatehouse.core.audit.RequestRecord;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.core.trace.TraceId;
import dev.gatehouse.proxy.exchange.LoopContext;
import dev.gatehouse.proxy.exchange.Upstream;
import dev.gatehouse.proxy.exchange.UpstreamEvents;
import dev.gatehouse.proxy.tls.HandshakeFaults;
import dev.gatehouse.proxy.tls.MeshTls;
import dev.gatehouse.proxy.tls.SvidVerdict;
import dev.gatehouse.proxy.tls.TlsGeneration;
import dev.gatehouse.proxy.transport.EventLoops;
import dev.gatehouse.proxy.transport.SocketTuning;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Makes one connection: looks up the address, connects, shakes hands, checks who answered; then hands it over, or says why not. */
final class UpstreamDialer {
    private final LoopContext loop;
    private final UpstreamEnvironment environment;
    private final UpstreamPools pools;
    private final Upstream upstream;
    private final TraceId trace;
    private @Nullable UpstreamEvents events;
    private @Nullable Channel channel;
    private boolean counted = true;

    UpstreamDialer(
            LoopContext loop,
            UpstreamEnvironment environment,
            UpstreamPools pools,
            Upstream upstream,
            TraceId trace,
            UpstreamEvents events) {
        this.loop = loop;
        this.environment = environment;
        this.pools = pools;
        this.upstream = upstream;
        this.trace = trace;
        this.events = events;
    }

    /** Returns what gives up. */
    Runnable dial() {
        switch (upstream) {
            case Upstream.Sidecar sidecar -> {
                if (environment.tls().isPresent()) {
                    lookUpAndConnect(sidecar.route().host(), sidecar.route().port());
                } else {
                    fail(tlsFailed("this proxy has no identity"));
                }
            }
            case Upstream.Tcp tcp -> lookUpAndConnect(tcp.host(), tcp.port());
            case Upstream.UnixSocket unix -> {
                if (environment.eventLoops().unixSockets()) {
                    connect(new DomainSocketAddress(unix.path()), false);
                } else {
                    fail(unreachable("Unix sockets need epoll, which did not load"));
                }
            }
        }
        return this::giveUp;
    }

    private void lookUpAndConnect(String host, int port) {
        HostLookup.resolve(
                host,
                port,
                loop.eventLoop(),
                address -> {
                    if (events != null) {
                        connect(address, true);
                    }
                },
                () -> fail(unreachable("the host name " + host + " is not known")));
    }

    private void giveUp() {
        events = null;
        uncount();
        if (channel != null) {
            channel.close();
        }
    }

    private void connect(SocketAddress address, boolean tcp) {
        EventLoops loops = environment.eventLoops();
        Bootstrap bootstrap = new Bootstrap()
                .group(loop.eventLoop())
                .channel(tcp ? loops.tcpClient() : loops.unixClient())
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(environment.limits().connectTimeout().toMillis()))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel created) {
                        prepare(created);
                    }
                });
        SocketTuning.client(bootstrap, tcp);
        ChannelFuture connecting = bootstrap.connect(address);
        channel = connecting.channel();
        connecting.addListener(done -> {
            Throwable problem = connecting.cause();
            if (problem != null) {
                fail(connectFailure(problem));
            } else if (!(upstream instanceof Upstream.Sidecar)) {
                handOver(connecting.channel(), 0, new RequestRecord.Peer(upstream.address(), "", ""));
            }
        });
    }

    private void prepare(Channel created) {
        if (!(upstream instanceof Upstream.Sidecar sidecar)) {
            return;
        }
        MeshTls tls = environment.tls().orElseThrow();
        TlsGeneration generation = tls.generation();
        // No host and port for the engine: the JDK's would look for a session to resume by them.
        SslHandler handler = generation.client().newHandler(created.alloc());
        handler.setHandshakeTimeoutMillis(
                environment.limits().handshakeTimeout().toMillis());
        created.pipeline().addLast(handler, new Handshake(sidecar, generation, tls, handler));
    }

    /** Waits for the handshake, and lets nothing through before it is known who answered. */
    private final class Handshake extends ChannelInboundHandlerAdapter {
        private final Upstream.Sidecar sidecar;
        private final TlsGeneration generation;
        private final MeshTls tls;
        private final SslHandler handler;

        Handshake(Upstream.Sidecar sidecar, TlsGeneration generation, MeshTls tls, SslHandler handler) {
            this.sidecar = sidecar;
            this.generation = generation;
            this.tls = tls;
            this.handler = handler;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (!(event instanceof SslHandshakeCompletionEvent completion)) {
                context.fireUserEventTriggered(event);
            } else if (!completion.isSuccess()) {
                fail(handshakeFailure(completion.cause()), "");
                context.close();
            } else {
                checkIdentity(context);
            }
        }

        private void checkIdentity(ChannelHandlerContext context) {
            SSLSession session = handler.engine().getSession();
            String actual = switch (tls.validator().validate(chain(session), generation.bundle())) {
                case SvidVerdict.Valid valid -> valid.id().toString();
                case SvidVerdict.Invalid invalid ->
                    "not valid: " + invalid.failure().message();
            };
            String expected = sidecar.route().identity().toString();
            if (!actual.equals(expected)) {
                fail(
                        TrafficCause.UPSTREAM_WRONG_IDENTITY.with(
                                "service",
                                sidecar.service(),
                                "address",
                                sidecar.address(),
                                "expected",
                                expected,
                                "actual",
                                actual),
                        actual);
                context.close();
                return;
            }
            context.pipeline().remove(this);
            handOver(
                    context.channel(),
                    generation.number(),
                    new RequestRecord.Peer(
                            sidecar.address(), actual, session.getProtocol() + " " + session.getCipherSuite()));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            fail(tlsFailed("the connection was closed in the middle of it"), "");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
            fail(handshakeFailure(problem), "");
            context.close();
        }
    }

    private static List<X509Certificate> chain(SSLSession session) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate certificate : session.getPeerCertificates()) {
                if (certificate instanceof X509Certificate x509) {
                    chain.add(x509);
                }
            }
        } catch (SSLPeerUnverifiedException nobody) {
            return List.of();
        }
        return chain;
    }

    private void handOver(Channel connected, long generation, RequestRecord.Peer peer) {
        UpstreamEvents waiting = events;
        if (waiting == null) {
            connected.close();
            return;
        }
        events = null;
        counted = false;
        UpstreamConnection connection =
                new UpstreamConnection(loop, environment, pools, upstream, generation, peer, connected);
        connected.pipeline().addLast(connection);
        connection.take(waiting);
    }

    private void fail(Failure failure) {
        UpstreamEvents waiting = events;
        events = null;
        uncount();
        if (waiting != null) {
            waiting.onUpstreamFailed(failure, false);
        }
    }

    private void fail(Failure failure, String identity) {
        if (events != null) {
            environment
                    .journal()
                    .record(new HandshakeRecord(
                            loop.clock().instant(),
                            environment.role(),
                            false,
                            upstream.address(),
                            identity,
                            Optional.of(trace),
                            failure));
        }
        fail(failure);
    }

    private void uncount() {
        if (counted) {
            counted = false;
            pools.gone(upstream, null);
        }
    }

    private Failure handshakeFailure(Throwable problem) {
        return tlsFailed(HandshakeFaults.failure(problem)
                .map(Failure::message)
                .orElseGet(() -> HandshakeFaults.detail(problem)));
    }

    private Failure tlsFailed(String detail) {
        return TrafficCause.UPSTREAM_TLS_FAILED.with(
                "service", upstream.service(), "address", upstream.address(), "detail", detail);
    }

    private Failure unreachable(String detail) {
        return TrafficCause.UPSTREAM_UNREACHABLE.with(
                "service", upstream.service(), "address", upstream.address(), "detail", detail);
    }

    private Failure connectFailure(Throwable problem) {
        if (problem instanceof ConnectTimeoutException) {
            Duration limit = environment.limits().connectTimeout();
            return TrafficCause.UPSTREAM_CONNECT_TIMEOUT.with(
                    "service", upstream.service(),
                    "address", upstream.address(),
                    "seconds", Double.toString(limit.toMillis() / 1000.0));
        }
        boolean nobodyListens = problem instanceof FileNotFoundException
                || (problem instanceof ConnectException
                        && String.valueOf(problem.getMessage()).contains("refused"));
        return nobodyListens
                ? TrafficCause.UPSTREAM_REFUSED.with("service", upstream.service(), "address", upstream.address())
                : unreachable(String.valueOf(problem.getMessage()));
    }
}
