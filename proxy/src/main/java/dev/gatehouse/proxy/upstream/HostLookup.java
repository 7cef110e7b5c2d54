package dev.gatehouse.proxy.upstream;

import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;

/** Looks up host names off the event loops: the JDK's lookup blocks, and may do so for seconds. It keeps answers for a while by itself. */
final class HostLookup {
    private HostLookup() {}

    /** Calls one of the two on {@code eventLoop}; at once where {@code host} is an address. */
    static void resolve(
            String host, int port, EventLoop eventLoop, Consumer<InetSocketAddress> found, Runnable unknown) {
        if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
            found.accept(new InetSocketAddress(host, port));
            return;
        }
        Thread.ofVirtual().name("lookup " + host).start(() -> {
            try {
                InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
                eventLoop.execute(() -> found.accept(address));
            } catch (UnknownHostException nobody) {
                eventLoop.execute(unknown);
            }
        });
    }
}
