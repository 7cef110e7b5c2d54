package dev.gatehouse.proxy.listener;

import dev.gatehouse.proxy.tls.MeshTls;
import dev.gatehouse.proxy.tls.WebTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.PeerCredentials;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;

/** Sets up each accepted connection: the limit, TLS, then HTTP. */
final class ConnectionSetup extends ChannelInitializer<Channel> {
    private final ListenerContext listener;
    private final Connections connections;

    ConnectionSetup(ListenerContext listener, Connections connections) {
        this.listener = listener;
        this.connections = connections;
    }

    @Override
    protected void initChannel(Channel channel) throws IOException {
        if (!connections.admit()) {
            // No words: a listener at its limit must not spend a handshake on saying so.
            channel.close();
            return;
        }
        channel.closeFuture().addListener(closed -> connections.leave());
        Security security = listener.settings().security();
        switch (security) {
            case Security.Plain plain -> setUpHttp1(channel, plainPeer(plain, channel));
            case Security.Web web ->
                setUpTls(channel, listener.web().map(WebTls::server).orElseThrow());
            case Security.Mesh mesh -> setUpTls(channel, meshContext(mesh));
        }
    }

    private SslContext meshContext(Security.Mesh mesh) {
        MeshTls tls = listener.mesh().orElseThrow();
        return tls.server(mesh.service());
    }

    private ConnectionPeer plainPeer(Security security, Channel channel) throws IOException {
        if (listener.settings().binding() instanceof Binding.UnixSocket unix
                && channel instanceof EpollDomainSocketChannel socket) {
            PeerCredentials credentials = socket.peerCredentials();
            return ConnectionPeer.local(security, unix.path().toString(), credentials, unix.callers());
        }
        return ConnectionPeer.plain(security, address(channel));
    }

    private void setUpTls(Channel channel, SslContext context) {
        SslHandler handler = context.newHandler(channel.alloc());
        handler.setHandshakeTimeoutMillis(listener.limits().handshakeTimeout().toMillis());
        TlsGate gate = new TlsGate(listener, handler, address(channel), (peer, http2) -> {
            if (http2) {
                setUpHttp2(channel, peer);
            } else {
                setUpHttp1(channel, peer);
            }
        });
        channel.pipeline().addLast(handler, gate);
    }

    private void setUpHttp1(Channel channel, ConnectionPeer peer) {
        ListenerContext.Loop loop = loop(channel);
        channel.pipeline()
                .addLast(new Http1Connection(
                        listener, loop, peer, new ConnectionLifetime(connections, listener, loop), channel));
    }

    private void setUpHttp2(Channel channel, ConnectionPeer peer) {
        ListenerContext.Loop loop = loop(channel);
        channel.pipeline()
                .addLast(Http2Connection.create(
                        listener, loop, peer, new ConnectionLifetime(connections, listener, loop), channel));
    }

    private ListenerContext.Loop loop(Channel channel) {
        return Objects.requireNonNull(listener.loops().get(channel.eventLoop()), "an event loop of another proxy");
    }

    private static String address(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : String.valueOf(channel.remoteAddress());
    }
}
