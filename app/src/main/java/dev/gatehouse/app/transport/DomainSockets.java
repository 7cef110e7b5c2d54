package dev.gatehouse.app.transport;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.PeerCredentials;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Unix sockets whose other end must be the same user: the kernel says who that is (SO_PEERCRED, unix(7)). */
final class DomainSockets {
    private static final Logger LOG = LoggerFactory.getLogger(DomainSockets.class);

    private DomainSockets() {}

    /** One thread for each end of such connections. */
    static MultiThreadIoEventLoopGroup eventLoop(String name) {
        IoHandlerFactory handlers = EpollIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), handlers);
    }

    /** Listens, and closes each connection of another user before a byte of it is read. */
    static final class SameUserServerChannel extends EpollServerDomainSocketChannel {
        private final int uid;

        SameUserServerChannel(int uid) {
            this.uid = uid;
        }

        @Override
        protected Channel newChildChannel(int fd, byte[] address, int offset, int length) throws Exception {
            Channel child = super.newChildChannel(fd, address, offset, length);
            if (child instanceof EpollDomainSocketChannel connection) {
                PeerCredentials peer = connection.peerCredentials();
                if (peer.uid() != uid) {
                    LOG.warn("the admin socket was opened by user ID {}, and closed", peer.uid());
                    connection.unsafe().closeForcibly();
                }
            }
            return child;
        }
    }
}
