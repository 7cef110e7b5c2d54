package dev.gatehouse.app.role;

import dev.gatehouse.app.configuration.Configuration;
import dev.gatehouse.app.configuration.Endpoint;
import dev.gatehouse.core.audit.Role;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.snapshot.SnapshotSource;
import dev.gatehouse.proxy.ListenerPlan;
import dev.gatehouse.proxy.ProxyPlan;
import dev.gatehouse.proxy.ProxyServer;
import dev.gatehouse.proxy.answer.FailureAnswers;
import dev.gatehouse.proxy.filter.EdgeFilters;
import dev.gatehouse.proxy.git.GitBodies;
import dev.gatehouse.proxy.identity.AssertionSigner;
import dev.gatehouse.proxy.identity.IntrospectionCache;
import dev.gatehouse.proxy.identity.IntrospectionLimits;
import dev.gatehouse.proxy.listener.Binding;
import dev.gatehouse.proxy.listener.ListenerSettings;
import dev.gatehouse.proxy.listener.Security;
import dev.gatehouse.proxy.transport.EventLoops;
import io.netty.buffer.ByteBufAllocator;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where clients arrive. */
final class IngressRole implements AutoCloseable {
    private static final String LISTENER = "ingress";
    private static final long ROUTES_SECONDS_MAX = 20;

    private final Preparation preparation;
    private final Node node;
    private final ProxyServer proxy;
    private final Owned owned;

    private IngressRole(Preparation preparation, Node node, ProxyServer proxy, Owned owned) {
        this.preparation = preparation;
        this.node = node;
        this.proxy = proxy;
        this.owned = owned;
    }

    static IngressRole start(Preparation preparation, Node node, Endpoint listen, EventLoops eventLoops, String signIn)
            throws Exception {
        node.agent().awaitSnapshot();
        awaitRoutes(node.agent().snapshots());
        Configuration configuration = preparation.configuration();
        SnapshotSource snapshots = node.agent().snapshots();
        IntrospectionCache introspection = new IntrospectionCache(
                node.agent().introspector(),
                () -> snapshots.current().revocations(),
                preparation.plan().clock(),
                new SecureRandom(),
                IntrospectionLimits.DEFAULT);
        ListenerPlan listener = new ListenerPlan(
                new ListenerSettings(
                        LISTENER,
                        Role.INGRESS,
                        new Binding.Tcp(listen.host(), listen.port()),
                        new Security.Web(
                                WebCertificates.of(
                                        configuration.webCertificate(),
                                        preparation.data().root(),
                                        node.agent()),
                                true),
                        true),
                EdgeFilters.ingress(
                        Set.of(ControlRole.FORGE),
                        introspection,
                        new AssertionSigner(node.identity(), preparation.plan().clock()),
                        snapshots,
                        node.journal(),
                        new GitBodies(LimitMapping.bodies(configuration.limits()), ByteBufAllocator.DEFAULT)),
                new FailureAnswers(signIn));
        SecureRandom seeds = new SecureRandom();
        ProxyServer proxy = ProxyServer.start(
                new ProxyPlan(
                        Role.INGRESS,
                        List.of(listener),
                        snapshots,
                        Optional.of(node.identity()),
                        LimitMapping.engine(configuration.tls().engine()),
                        node.journal(),
                        LimitMapping.ingress(configuration.limits()),
                        preparation.plan().clock(),
                        System::nanoTime,
                        () -> new SplittableRandom(seeds.nextLong())),
                eventLoops);
        Owned owned = new Owned();
        owned.add(RevocationWatch.start(snapshots, proxy.registry(), signIn));
        return new IngressRole(preparation, node, proxy, owned);
    }

    /** An ingress without routes serves nothing, and so is not ready. */
    private static void awaitRoutes(SnapshotSource snapshots) throws Exception {
        CountDownLatch there = new CountDownLatch(1);
        Runnable look = () -> {
            if (!snapshots.current().routes().isEmpty()) {
                there.countDown();
            }
        };
        try (Owned watching = new Owned()) {
            watching.add(snapshots.onChange(look));
            look.run();
            if (!there.await(ROUTES_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw StartCause.CONTROL_UNREACHABLE
                        .with("address", "control", "detail", "it sent no routes")
                        .asException();
            }
        }
    }

    @Override
    public void close() {
        owned.close();
        proxy.stopGracefully(preparation.configuration().limits().drain());
        node.close();
    }
}
