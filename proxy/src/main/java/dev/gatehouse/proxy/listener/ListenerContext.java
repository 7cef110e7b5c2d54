package dev.gatehouse.proxy.listener;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.proxy.exchange.ExchangeFactory;
import dev.gatehouse.proxy.exchange.LoopContext;
import dev.gatehouse.proxy.exchange.ProxyLimits;
import dev.gatehouse.proxy.exchange.UpstreamConnector;
import dev.gatehouse.proxy.tls.MeshTls;
import dev.gatehouse.proxy.tls.WebTls;
import dev.gatehouse.proxy.tls.X509SvidValidator;
import io.netty.channel.EventLoop;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What the connections of one listener work with.
 *
 * @param settings which listener
 * @param exchanges begins its exchanges
 * @param loops what each event loop shares, with its way upstream
 * @param web the web certificate's contexts, where the security is {@code Web}
 * @param mesh mutual TLS; empty where the node has no identity
 * @param validator judges client certificates
 * @param clock tells what is valid now
 */
public record ListenerContext(
        ListenerSettings settings,
        ExchangeFactory exchanges,
        Map<EventLoop, Loop> loops,
        Optional<WebTls> web,
        Optional<MeshTls> mesh,
        X509SvidValidator validator,
        InstantSource clock) {

    /** One event loop, as its connections see it. */
    public record Loop(LoopContext context, UpstreamConnector connector) {}

    public ListenerContext {
        loops = Map.copyOf(loops);
    }

    ProxyLimits limits() {
        return exchanges.limits();
    }

    AuditJournal journal() {
        return exchanges.journal();
    }
}
