package dev.gatehouse.app.transport;

import dev.gatehouse.app.agent.Certified;
import dev.gatehouse.app.configuration.Endpoint;
import dev.gatehouse.app.data.OwnUser;
import dev.gatehouse.control.AdminCaller;
import dev.gatehouse.control.ControlCallers;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.snapshot.TrustBundle;
import dev.gatehouse.proto.FailureMapping;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ways into control's services. Each says who calls, from what the way itself knows: the role it was made for, the peer's SVID, or the user at
 * the other end of a Unix socket. Calls run on virtual threads. Started and closed by one thread.
 */
public final class ControlServers implements AutoCloseable {
    /** Room for a batch of audit records with one of the longest. */
    static final int MESSAGE_BYTES_MAX = 32 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ControlServers.class);
    private static final long STOP_SECONDS_MAX = 2;
    private static final long KEEPALIVE_SECONDS_MIN = 10;
    /** A connection must show its identity again now and then. */
    private static final long CONNECTION_HOURS_MAX = 1;

    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Runnable> closing = new ArrayDeque<>();

    /** A way for {@code node}, which lives in this process. */
    public Channel inProcess(BindableService service, SpiffeId node) {
        String name = InProcessServerBuilder.generateName();
        Server server = start(
                InProcessServerBuilder.forName(name)
                        .executor(calls)
                        .addService(ServerInterceptors.intercept(service, calledBy(ControlCallers.NODE, call -> node)))
                        .build(),
                "in-process");
        ManagedChannel channel =
                InProcessChannelBuilder.forName(name).executor(calls).build();
        closing.push(() -> {
            channel.shutdownNow();
            stop(server);
        });
        return channel;
    }

    /** The admin socket at {@code path}: mode 0600, and each connection's user is checked as well. */
    public void adminSocket(Path path, BindableService... services) {
        int uid = OwnUser.id();
        MultiThreadIoEventLoopGroup accepting = DomainSockets.eventLoop("admin-accept");
        MultiThreadIoEventLoopGroup serving = DomainSockets.sameUserOnly("admin", uid);
        NettyServerBuilder builder = NettyServerBuilder.forAddress(new DomainSocketAddress(path.toString()))
                .channelType(EpollServerDomainSocketChannel.class)
                .bossEventLoopGroup(accepting)
                .workerEventLoopGroup(serving)
                .executor(calls);
        ServerInterceptor operator = calledBy(ControlCallers.ADMIN, call -> new AdminCaller(uid));
        for (BindableService service : services) {
            builder.addService(ServerInterceptors.intercept(service, operator));
        }
        try {
            Files.deleteIfExists(path);
            Server server = start(builder.build(), path.toString());
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            closing.push(() -> {
                stop(server);
                accepting.shutdownGracefully(0, 1, TimeUnit.SECONDS);
                serving.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            });
        } catch (IOException e) {
            throw StartCause.DATA_UNREADABLE
                    .with("path", path.toString(), "detail", e.toString())
                    .asException();
        }
    }

    /** Listens at {@code address} for nodes in other processes, over mutual TLS: roles of this installation and nobody else. */
    public void forNodes(
            Endpoint address,
            BindableService service,
            Supplier<Certified> identity,
            Supplier<TrustBundle> bundle,
            Predicate<SpiffeId> allowed) {
        MultiThreadIoEventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("control", true), NioIoHandler.newFactory());
        ServerInterceptor peer = calledBy(ControlCallers.NODE, ControlServers::verifiedPeer);
        Server server = start(
                NettyServerBuilder.forAddress(new InetSocketAddress(address.host(), address.port()))
                        .sslContext(NodeTls.server(identity, bundle, allowed))
                        .channelType(NioServerSocketChannel.class)
                        .bossEventLoopGroup(eventLoop)
                        .workerEventLoopGroup(eventLoop)
                        .permitKeepAliveTime(KEEPALIVE_SECONDS_MIN, TimeUnit.SECONDS)
                        .permitKeepAliveWithoutCalls(true)
                        .maxConnectionAge(CONNECTION_HOURS_MAX, TimeUnit.HOURS)
                        .maxInboundMessageSize(MESSAGE_BYTES_MAX)
                        .executor(calls)
                        .addService(ServerInterceptors.intercept(service, peer))
                        .build(),
                address.toString());
        closing.push(() -> {
            stop(server);
            eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        });
    }

    /** The handshake verified the chain; what it says is read from there. */
    private static SpiffeId verifiedPeer(ServerCall<?, ?> call) {
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        try {
            if (session != null && session.getPeerCertificates()[0] instanceof X509Certificate leaf) {
                return PeerIdentity.of(leaf).orElseThrow(ControlServers::nobody);
            }
        } catch (SSLPeerUnverifiedException e) {
            LOG.warn("a call came without a certificate", e);
        }
        throw nobody();
    }

    private static RuntimeException nobody() {
        return FailureMapping.toStatus(IdentityCause.PEER_CERTIFICATE_MISSING.with());
    }

    /** Puts into the context of each call who makes it. */
    static <T> ServerInterceptor calledBy(Context.Key<T> key, Function<ServerCall<?, ?>, T> who) {
        return new ServerInterceptor() {
            @Override
            public <I, O> ServerCall.Listener<I> interceptCall(
                    ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
                return Contexts.interceptCall(Context.current().withValue(key, who.apply(call)), call, headers, next);
            }
        };
    }

    private static Server start(Server server, String address) {
        try {
            return server.start();
        } catch (IOException e) {
            throw StartCause.PORT_TAKEN.with("address", address).asException();
        }
    }

    private static void stop(Server server) {
        server.shutdownNow();
        try {
            if (!server.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                LOG.warn("a server of control does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
        closing.clear();
        calls.shutdownNow();
    }
}
