package dev.gatehouse.proxy.testing;

import dev.gatehouse.core.audit.Role;
import dev.gatehouse.core.policy.Policy;
import dev.gatehouse.core.policy.PolicyVersion;
import dev.gatehouse.core.snapshot.Revocations;
import dev.gatehouse.core.snapshot.Route;
import dev.gatehouse.core.snapshot.ServicePeers;
import dev.gatehouse.core.snapshot.Snapshot;
import dev.gatehouse.core.snapshot.TrustBundle;
import dev.gatehouse.proxy.ListenerPlan;
import dev.gatehouse.proxy.ProxyPlan;
import dev.gatehouse.proxy.ProxyServer;
import dev.gatehouse.proxy.exchange.FailureRenderer;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.exchange.ProxyLimits;
import dev.gatehouse.proxy.listener.Binding;
import dev.gatehouse.proxy.listener.ListenerSettings;
import dev.gatehouse.proxy.listener.Security;
import dev.gatehouse.proxy.tls.SvidSource;
import dev.gatehouse.proxy.tls.TlsEngine;
import dev.gatehouse.proxy.transport.EventLoops;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** One proxy with one listener. */
public final class TestProxy implements AutoCloseable {
    public static final TestAuthority AUTHORITY = new TestAuthority("example.test");
    private static final String LISTENER = "test";

    /** Short where a test would otherwise wait. */
    public static ProxyLimits quickLimits() {
        ProxyLimits usual = ProxyLimits.defaults();
        return new ProxyLimits(
                8 * 1024,
                64,
                256,
                16,
                64,
                Duration.ofSeconds(5),
                Duration.ofMillis(400),
                Duration.ofMillis(400),
                Duration.ofMillis(400),
                Duration.ofMillis(400),
                Duration.ofMillis(400),
                Duration.ofSeconds(5),
                Duration.ofSeconds(4),
                Duration.ofHours(1),
                4 * 1024 * 1024,
                Duration.ofSeconds(2),
                16 * 1024 * 1024,
                Duration.ofMillis(400),
                usual.bodyHighWaterBytes());
    }

    private final EventLoops loops;
    private final MemoryJournal journal = new MemoryJournal();
    private final ProxyServer server;

    public TestProxy(ProxyLimits limits, Filter... filters) {
        this(limits, true, new Security.Plain(), Optional.empty(), snapshots(), filters);
    }

    public TestProxy(
            ProxyLimits limits,
            boolean edge,
            Security security,
            Optional<SvidSource> identity,
            Changing.Snapshots snapshots,
            Filter... filters) {
        this(TlsEngine.AUTOMATIC, limits, edge, security, identity, snapshots, InstantSource.system(), filters);
    }

    public TestProxy(
            TlsEngine engine,
            ProxyLimits limits,
            boolean edge,
            Security security,
            Optional<SvidSource> identity,
            Changing.Snapshots snapshots,
            InstantSource clock,
            Filter... filters) {
        this(engine, limits, edge, new Binding.Tcp("127.0.0.1", 0), security, identity, snapshots, clock, filters);
    }

    public TestProxy(
            TlsEngine engine,
            ProxyLimits limits,
            boolean edge,
            Binding binding,
            Security security,
            Optional<SvidSource> identity,
            Changing.Snapshots snapshots,
            InstantSource clock,
            Filter... filters) {
        Role role = edge ? Role.INGRESS : Role.SIDECAR;
        loops = EventLoops.create(2);
        server = ProxyServer.start(
                new ProxyPlan(
                        role,
                        List.of(new ListenerPlan(
                                new ListenerSettings(LISTENER, role, binding, security, edge),
                                List.of(filters),
                                FailureRenderer.plain())),
                        snapshots,
                        identity,
                        engine,
                        journal,
                        limits,
                        clock,
                        System::nanoTime,
                        () -> new SplittableRandom(7)),
                loops);
    }

    public static Changing.Snapshots snapshots() {
        return new Changing.Snapshots(snapshot(AUTHORITY.bundle(), List.of(), List.of()));
    }

    public static Snapshot snapshot(TrustBundle bundle, List<Route> routes, List<ServicePeers> peers) {
        return new Snapshot(Policy.empty(new PolicyVersion(1, "test")), routes, peers, bundle, Revocations.NONE);
    }

    public SocketAddress address() {
        return server.boundAddress(LISTENER);
    }

    public int port() {
        return ((java.net.InetSocketAddress) address()).getPort();
    }

    public RawSocket connect() throws IOException {
        return RawSocket.connect(address());
    }

    public MemoryJournal journal() {
        return journal;
    }

    public ProxyServer server() {
        return server;
    }

    @Override
    public void close() {
        server.stopGracefully(Duration.ZERO);
        loops.close();
    }
}
