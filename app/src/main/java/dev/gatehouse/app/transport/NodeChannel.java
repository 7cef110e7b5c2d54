package dev.gatehouse.app.transport;

import dev.gatehouse.app.agent.Certified;
import dev.gatehouse.app.configuration.Endpoint;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.snapshot.TrustBundle;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A node's way to a control in another process. Owned by the role that opened it. */
public final class NodeChannel implements AutoCloseable {
    private static final long KEEPALIVE_SECONDS = 30;

    private final MultiThreadIoEventLoopGroup eventLoop;
    private final ManagedChannel channel;

    private NodeChannel(MultiThreadIoEventLoopGroup eventLoop, ManagedChannel channel) {
        this.eventLoop = eventLoop;
        this.channel = channel;
    }

    /** Connects when it is used, again where it broke. Only {@code control} may answer. */
    public static NodeChannel open(
            Endpoint address, Supplier<Certified> identity, Supplier<TrustBundle> bundle, SpiffeId control) {
        MultiThreadIoEventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("control-client", true), NioIoHandler.newFactory());
        ManagedChannel channel = NettyChannelBuilder.forAddress(address.host(), address.port())
                .sslContext(NodeTls.client(identity, bundle, control::equals))
                .overrideAuthority("control")
                .channelType(NioSocketChannel.class)
                .eventLoopGroup(eventLoop)
                .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveWithoutCalls(true)
                .maxInboundMessageSize(ControlServers.MESSAGE_BYTES_MAX)
                .build();
        return new NodeChannel(eventLoop, channel);
    }

    /** The channel itself. */
    public ManagedChannel channel() {
        return channel;
    }

    @Override
    public void close() {
        channel.shutdownNow();
        eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
