package dev.gatehouse.proxy.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A group of event loops with the sockets that fit. May be shared by several proxies of one process. */
public final class EventLoops implements AutoCloseable {
    private static final long QUIET_MILLIS = 0;
    private static final long SHUTDOWN_MILLIS_MAX = 5_000;

    private final MultiThreadIoEventLoopGroup group;
    private final boolean epoll;

    private EventLoops(int count, boolean epoll) {
        IoHandlerFactory factory = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.group = new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("proxy", true), factory);
        this.epoll = epoll;
    }

    /** {@code count} loops, on epoll where it loads. */
    public static EventLoops create(int count) {
        return new EventLoops(count, Epoll.isAvailable());
    }

    /** {@code count} loops on the JDK's selectors, which have no Unix sockets here. */
    public static EventLoops createNio(int count) {
        return new EventLoops(count, false);
    }

    /** The loops. */
    public List<EventLoop> all() {
        List<EventLoop> loops = new ArrayList<>();
        for (EventExecutor executor : group) {
            loops.add((EventLoop) executor);
        }
        return loops;
    }

    /** The group, for accepting: each connection gets the next loop. */
    public MultiThreadIoEventLoopGroup group() {
        return group;
    }

    /** Whether there are Unix sockets. */
    public boolean unixSockets() {
        return epoll;
    }

    /** Listens on TCP. */
    public Class<? extends ServerChannel> tcpServer() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** Connects on TCP. */
    public Class<? extends Channel> tcpClient() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /** Listens on a Unix socket. Only where there are {@link #unixSockets()}. */
    public Class<? extends ServerChannel> unixServer() {
        return EpollServerDomainSocketChannel.class;
    }

    /** Connects to a Unix socket. Only where there are {@link #unixSockets()}. */
    public Class<? extends Channel> unixClient() {
        return EpollDomainSocketChannel.class;
    }

    /** Ends the loops. Not to be called on one of them. */
    @Override
    public void close() {
        group.shutdownGracefully(QUIET_MILLIS, SHUTDOWN_MILLIS_MAX, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(SHUTDOWN_MILLIS_MAX);
    }
}
