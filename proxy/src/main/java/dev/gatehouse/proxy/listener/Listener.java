package dev.gatehouse.proxy.listener;

import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.proxy.transport.EventLoops;
import dev.gatehouse.proxy.transport.SocketTuning;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;

/** One open port or Unix socket. Safe for all threads. */
public final class Listener {
    private final ListenerContext context;
    private final EventLoops eventLoops;
    private final Connections connections;
    private final Channel channel;

    private Listener(ListenerContext context, EventLoops eventLoops, Connections connections, Channel channel) {
        this.context = context;
        this.eventLoops = eventLoops;
        this.connections = connections;
        this.channel = channel;
    }

    /**
     * Listens. Blocks until it does; not to be called on an event loop.
     *
     * @throws dev.gatehouse.core.cause.FailureException where it cannot
     */
    public static Listener open(ListenerContext context, EventLoops eventLoops) {
        Connections connections = new Connections(context.limits().connectionsMax());
        Binding binding = context.settings().binding();
        boolean tcp = binding instanceof Binding.Tcp;
        ServerBootstrap bootstrap =
                new ServerBootstrap().group(eventLoops.group()).childHandler(new ConnectionSetup(context, connections));
        SocketTuning.server(bootstrap, tcp);
        SocketAddress address = switch (binding) {
            case Binding.Tcp(String host, int port) -> {
                bootstrap.channel(eventLoops.tcpServer());
                yield new InetSocketAddress(host, port);
            }
            case Binding.UnixSocket unix -> {
                if (!eventLoops.unixSockets()) {
                    throw cannotListen(unix.path().toString(), "Unix sockets need epoll, which did not load");
                }
                bootstrap.channel(eventLoops.unixServer());
                UnixSocketFile.makeRoom(unix.path());
                yield new DomainSocketAddress(unix.path().toFile());
            }
        };
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        Throwable problem = bound.cause();
        if (problem != null && String.valueOf(problem.getMessage()).contains("in use")) {
            throw StartCause.PORT_TAKEN.with("address", shown(address)).asException();
        }
        if (problem != null) {
            throw cannotListen(shown(address), String.valueOf(problem.getMessage()));
        }
        if (binding instanceof Binding.UnixSocket unix) {
            restrict(unix);
        }
        return new Listener(context, eventLoops, connections, bound.channel());
    }

    private static void restrict(Binding.UnixSocket unix) {
        try {
            Files.setPosixFilePermissions(unix.path(), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException cannotRestrict) {
            throw cannotListen(unix.path().toString(), "its mode cannot be set: " + cannotRestrict.getMessage());
        }
    }

    private static dev.gatehouse.core.cause.FailureException cannotListen(String address, String detail) {
        return StartCause.CANNOT_LISTEN
                .with("address", address, "detail", detail)
                .asException();
    }

    private static String shown(SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? inet.getHostString() + ":" + inet.getPort()
                : address.toString();
    }

    /** Which listener. */
    public ListenerSettings settings() {
        return context.settings();
    }

    /** Where it listens: the port that was given where 0 was asked for. */
    public SocketAddress address() {
        return channel.localAddress();
    }

    /** How many connections it holds. */
    public int connections() {
        return connections.count();
    }

    /** The sockets it uses. */
    public EventLoops eventLoops() {
        return eventLoops;
    }

    /** Accepts nothing more; open connections end with the request they are at. */
    public void stopGracefully() {
        channel.close().awaitUninterruptibly();
        connections.stopGracefully();
    }

    /** Closes all connections. */
    public void stop() {
        channel.close();
        connections.stop();
    }
}
