package dev.gatehouse.proxy.listener;

import dev.gatehouse.core.audit.HandshakeRecord;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.proxy.exchange.Downstream;
import dev.gatehouse.proxy.tls.HandshakeFaults;
import dev.gatehouse.proxy.tls.PeerCertificate;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Waits for the handshake; captures who is there, or records why it failed. Removes itself. */
final class TlsGate extends ChannelInboundHandlerAdapter {
    private final ListenerContext listener;
    private final SslHandler handler;
    private final String address;
    private final BiConsumer<ConnectionPeer, Boolean> next;
    private boolean over;

    /** @param next sets up HTTP for the peer, HTTP/2 where true */
    TlsGate(ListenerContext listener, SslHandler handler, String address, BiConsumer<ConnectionPeer, Boolean> next) {
        this.listener = listener;
        this.handler = handler;
        this.address = address;
        this.next = next;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent completion)) {
            context.fireUserEventTriggered(event);
            return;
        }
        if (!completion.isSuccess()) {
            failed(context, completion.cause());
            return;
        }
        over = true;
        SSLSession session = handler.engine().getSession();
        ConnectionPeer peer = ConnectionPeer.tls(
                listener.settings().security(),
                address,
                new Downstream.TlsParameters(session.getProtocol(), session.getCipherSuite()),
                certificate(session));
        next.accept(peer, "h2".equals(handler.applicationProtocol()));
        context.pipeline().remove(this);
    }

    private @Nullable PeerCertificate certificate(SSLSession session) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate certificate : session.getPeerCertificates()) {
                if (certificate instanceof X509Certificate x509) {
                    chain.add(x509);
                }
            }
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
        return chain.isEmpty()
                ? null
                : new PeerCertificate(
                        chain,
                        listener.validator(),
                        listener.clock(),
                        listener.exchanges().snapshots().current().bundle());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        // A client that comes and goes without a word (a port check) is not worth a record.
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
        failed(context, problem);
    }

    private void failed(ChannelHandlerContext context, Throwable problem) {
        if (!over) {
            over = true;
            Failure failure = HandshakeFaults.failure(problem).orElseGet(() -> describe(problem));
            listener.journal()
                    .record(new HandshakeRecord(
                            listener.clock().instant(),
                            listener.settings().role(),
                            true,
                            address,
                            failure.facts().getOrDefault("peer", ""),
                            Optional.empty(),
                            failure));
        }
        context.close();
    }

    private Failure describe(Throwable problem) {
        return HandshakeFaults.certificateMissing(problem)
                ? IdentityCause.PEER_CERTIFICATE_MISSING.with()
                : dev.gatehouse.core.cause.TrafficCause.HANDSHAKE_FAILED.with(
                        "address", address, "detail", HandshakeFaults.detail(problem));
    }
}
