package dev.gatehouse.proxy.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;

/** What all connections have in common. Sizes by measurement: fewer, larger reads and writes are where bulk gets cheap. */
public final class SocketTuning {
    private static final int READ_BYTES_LEAST = 2 * 1024;
    private static final int READ_BYTES_FIRST = 16 * 1024;
    private static final int READ_BYTES_MAX = 256 * 1024;
    /** Reads in a row from one connection before the loop looks at the others. */
    private static final int READS_IN_A_ROW_MAX = 4;

    private static final int WRITE_LOW_BYTES = 256 * 1024;
    private static final int WRITE_HIGH_BYTES = 512 * 1024;
    private static final int ACCEPT_BACKLOG = 1024;

    private SocketTuning() {}

    /** For accepted connections. */
    public static void server(ServerBootstrap bootstrap, boolean tcp) {
        bootstrap
                .option(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, reads())
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, writes());
        if (tcp) {
            bootstrap.option(ChannelOption.SO_REUSEADDR, true).childOption(ChannelOption.TCP_NODELAY, true);
        }
    }

    /** For connections that are made. */
    public static void client(Bootstrap bootstrap, boolean tcp) {
        // A write that fails must not close the connection: the answer that explains it may be waiting to be read.
        bootstrap
                .option(ChannelOption.AUTO_CLOSE, false)
                .option(ChannelOption.RECVBUF_ALLOCATOR, reads())
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, writes());
        if (tcp) {
            bootstrap.option(ChannelOption.TCP_NODELAY, true);
        }
    }

    private static AdaptiveRecvByteBufAllocator reads() {
        AdaptiveRecvByteBufAllocator reads =
                new AdaptiveRecvByteBufAllocator(READ_BYTES_LEAST, READ_BYTES_FIRST, READ_BYTES_MAX);
        reads.maxMessagesPerRead(READS_IN_A_ROW_MAX);
        return reads;
    }

    private static WriteBufferWaterMark writes() {
        return new WriteBufferWaterMark(WRITE_LOW_BYTES, WRITE_HIGH_BYTES);
    }
}
