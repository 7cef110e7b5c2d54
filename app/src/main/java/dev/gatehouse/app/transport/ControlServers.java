package dev.gatehouse.app.transport;

import dev.gatehouse.app.data.OwnUser;
import dev.gatehouse.control.AdminCaller;
import dev.gatehouse.control.ControlCallers;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.identity.SpiffeId;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Contexts;
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
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/**
 * The ways into control's services. Each says who calls, from what the way itself knows: the role it was made for, the peer's SVID, or the user at
 * the other end of a Unix socket. Calls run on virtual threads. Started and closed by one thread.
 */
public final class ControlServers implements AutoCloseable {
    /** Room for a batch of audit records with one of the longest. */
    static final int MESSAGE_BYTES_MAX = 32 << 20;

    private static final long STOP_SECONDS_MAX = 2;

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
                LoggerFactory.getLogger(ControlServers.class).warn("a server of control does not stop");
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
