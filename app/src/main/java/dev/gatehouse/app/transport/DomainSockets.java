package dev.gatehouse.app.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Unix sockets whose other end must be the same user: the kernel says who that is (SO_PEERCRED, unix(7)). */
final class DomainSockets {
    private static final Logger LOG = LoggerFactory.getLogger(DomainSockets.class);

    private DomainSockets() {}

    /** One thread for the connections of a client, or to accept those of a server. */
    static MultiThreadIoEventLoopGroup eventLoop(String name) {
        return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), EpollIoHandler.newFactory());
    }

    /** One thread for accepted connections, which takes none of another user: such a one is closed before a byte of it is read. */
    static MultiThreadIoEventLoopGroup sameUserOnly(String name, int uid) {
        return new SameUserEventLoop(name, uid);
    }

    private static final class SameUserEventLoop extends MultiThreadIoEventLoopGroup {
        private final int uid;

        SameUserEventLoop(String name, int uid) {
            super(1, new DefaultThreadFactory(name, true), EpollIoHandler.newFactory());
            this.uid = uid;
        }

        @Override
        public ChannelFuture register(Channel channel) {
            return isSameUser(channel)
                    ? super.register(channel)
                    : new DefaultChannelPromise(channel, next())
                            .setFailure(new IOException("another user's connection"));
        }

        private boolean isSameUser(Channel channel) {
            try {
                int peer =
                        ((EpollDomainSocketChannel) channel).peerCredentials().uid();
                if (peer != uid) {
                    LOG.warn("the admin socket was opened by user ID {}, and closed", peer);
                }
                return peer == uid;
            } catch (IOException unknown) {
                LOG.warn("the admin socket was opened by an unknown user, and closed", unknown);
                return false;
            }
        }
    }
}
