package dev.gatehouse.proxy;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.proxy.exchange.ExchangeFactory;
import dev.gatehouse.proxy.exchange.ExchangeRegistry;
import dev.gatehouse.proxy.exchange.LoopContext;
import dev.gatehouse.proxy.listener.Listener;
import dev.gatehouse.proxy.listener.ListenerContext;
import dev.gatehouse.proxy.listener.Security;
import dev.gatehouse.proxy.tls.MeshTls;
import dev.gatehouse.proxy.tls.WebTls;
import dev.gatehouse.proxy.tls.X509SvidValidator;
import dev.gatehouse.proxy.transport.EventLoops;
import dev.gatehouse.proxy.upstream.UpstreamEnvironment;
import dev.gatehouse.proxy.upstream.UpstreamPools;
import io.netty.channel.EventLoop;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running proxy.
 *
 * <p>Design note. Started and stopped by one thread; the registry and the addresses may be asked by any. It owns its listeners, pools and TLS
 * contexts; the event loops are the caller's, so that several proxies of one process can share them, and are closed by the caller after all of
 * them.
 */
public final class ProxyServer {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyServer.class);
    private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

    private final List<Listener> listeners;
    private final Map<LoopContext, UpstreamPools> pools;
    private final ExchangeRegistry registry;
    private final List<Runnable> owned;

    private ProxyServer(
            List<Listener> listeners,
            Map<LoopContext, UpstreamPools> pools,
            ExchangeRegistry registry,
            List<Runnable> owned) {
        this.listeners = listeners;
        this.pools = pools;
        this.registry = registry;
        this.owned = owned;
    }

    /**
     * Starts a proxy on {@code eventLoops}; it serves when this returns. Blocks; not to be called on an event loop.
     *
     * @throws dev.gatehouse.core.cause.FailureException where it cannot listen; nothing is left open then
     */
    public static ProxyServer start(ProxyPlan plan, EventLoops eventLoops) {
        List<Runnable> owned = new ArrayList<>();
        Optional<MeshTls> mesh =
                plan.identity().map(svids -> new MeshTls(plan.engine(), svids, plan.snapshots(), plan.clock()));
        mesh.ifPresent(tls -> owned.add(tls::close));
        UpstreamEnvironment environment =
                new UpstreamEnvironment(plan.role(), eventLoops, mesh, plan.journal(), plan.limits());
        Map<EventLoop, ListenerContext.Loop> loops = new HashMap<>();
        Map<LoopContext, UpstreamPools> pools = new HashMap<>();
        for (EventLoop eventLoop : eventLoops.all()) {
            LoopContext loop = new LoopContext(
                    eventLoop, plan.clock(), plan.nanoTime(), plan.randoms().get(), plan.limits());
            UpstreamPools pool = new UpstreamPools(loop, environment);
            pools.put(loop, pool);
            loops.put(eventLoop, new ListenerContext.Loop(loop, pool));
            loop.start();
        }
        ProxyServer server =
                new ProxyServer(new ArrayList<>(), pools, new ExchangeRegistry(List.copyOf(pools.keySet())), owned);
        try {
            for (ListenerPlan listener : plan.listeners()) {
                server.listeners.add(Listener.open(server.context(plan, listener, loops, mesh), eventLoops));
            }
        } catch (RuntimeException cannotStart) {
            server.stopGracefully(Duration.ZERO);
            throw cannotStart;
        }
        return server;
    }

    private ListenerContext context(
            ProxyPlan plan, ListenerPlan listener, Map<EventLoop, ListenerContext.Loop> loops, Optional<MeshTls> mesh) {
        Optional<WebTls> web = listener.settings().security() instanceof Security.Web settings
                ? Optional.of(new WebTls(plan.engine(), settings.certificate(), settings.http2()))
                : Optional.empty();
        web.ifPresent(tls -> owned.add(tls::close));
        if (listener.settings().security() instanceof Security.Mesh && mesh.isEmpty()) {
            throw new IllegalArgumentException("a mesh listener needs an identity");
        }
        ExchangeFactory exchanges = new ExchangeFactory(
                listener.settings().role(),
                listener.filters(),
                listener.renderer(),
                plan.journal(),
                plan.snapshots(),
                plan.limits());
        return new ListenerContext(
                listener.settings(), exchanges, loops, web, mesh, new X509SvidValidator(plan.clock()), plan.clock());
    }

    /**
     * Where the listener called {@code name} listens: with the port that was given where 0 was asked for.
     *
     * @throws IllegalArgumentException where there is none
     */
    public SocketAddress boundAddress(String name) {
        for (Listener listener : listeners) {
            if (listener.settings().name().equals(name)) {
                return listener.address();
            }
        }
        throw new IllegalArgumentException("no listener is called " + name);
    }

    /** Every live exchange. */
    public ExchangeRegistry registry() {
        return registry;
    }

    /** How many connections the listeners hold. */
    public int connections() {
        return listeners.stream().mapToInt(Listener::connections).sum();
    }

    /**
     * Accepts nothing more, lets open requests end for at most {@code patience}, then cancels them with {@code SHUTTING_DOWN}. Blocks; not to be
     * called on an event loop.
     */
    public void stopGracefully(Duration patience) {
        listeners.forEach(Listener::stopGracefully);
        if (!patience.isZero()) {
            awaitIdle(patience);
        }
        Failure stopping = TrafficCause.SHUTTING_DOWN.with();
        CompletableFuture<Integer> cancelled = registry.cancelAll(stopping).toCompletableFuture();
        int count = cancelled.join();
        if (count > 0) {
            LOG.info("{} requests were cut off by the stop", count);
            awaitIdle(Duration.ofNanos(POLL_NANOS));
        }
        listeners.forEach(Listener::stop);
        pools.forEach((loop, pool) -> {
            loop.eventLoop().execute(pool::closeIdle);
            loop.stop();
        });
        owned.forEach(Runnable::run);
    }

    /** Looks now and then: stopping is rare, and a request must not pay for being waited for. */
    private void awaitIdle(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (registry.live() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }
}
