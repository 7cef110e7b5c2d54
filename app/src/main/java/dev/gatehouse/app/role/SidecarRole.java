package dev.gatehouse.app.role;

import dev.gatehouse.app.configuration.Application;
import dev.gatehouse.app.configuration.Configuration;
import dev.gatehouse.app.configuration.Endpoint;
import dev.gatehouse.core.audit.Role;
import dev.gatehouse.proxy.ListenerPlan;
import dev.gatehouse.proxy.ProxyPlan;
import dev.gatehouse.proxy.ProxyServer;
import dev.gatehouse.proxy.answer.FailureAnswers;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.exchange.Upstream;
import dev.gatehouse.proxy.filter.SidecarFilters;
import dev.gatehouse.proxy.git.GitBodies;
import dev.gatehouse.proxy.identity.AssertionVerifier;
import dev.gatehouse.proxy.listener.Binding;
import dev.gatehouse.proxy.listener.ListenerSettings;
import dev.gatehouse.proxy.listener.Security;
import dev.gatehouse.proxy.transport.EventLoops;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The sidecar before the forge, and before each configured service. */
final class SidecarRole implements AutoCloseable {
    private final Preparation preparation;
    private final Node node;
    private final ProxyServer proxy;
    private final Owned owned;

    private SidecarRole(Preparation preparation, Node node, ProxyServer proxy, Owned owned) {
        this.preparation = preparation;
        this.node = node;
        this.proxy = proxy;
        this.owned = owned;
    }

    static SidecarRole start(
            Preparation preparation, Node node, Endpoint listen, EventLoops eventLoops, String signIn) {
        node.agent().awaitSnapshot();
        Configuration configuration = preparation.configuration();
        FailureAnswers answers = new FailureAnswers(signIn);
        AssertionVerifier verifier = new AssertionVerifier(
                node.identity().id(),
                () -> node.agent().snapshots().current().bundle(),
                preparation.plan().clock());
        List<ListenerPlan> listeners = new ArrayList<>();
        listeners.add(listener(
                ControlRole.FORGE,
                listen,
                SidecarFilters.forForge(
                        node.identity().id(),
                        new Upstream.UnixSocket(
                                ControlRole.FORGE,
                                preparation.runtime().forgeSocket().toString()),
                        verifier,
                        node.agent().snapshots(),
                        node.journal(),
                        new GitBodies(LimitMapping.bodies(configuration.limits()), ByteBufAllocator.DEFAULT)),
                answers));
        for (Configuration.Service service : configuration.services()) {
            listeners.add(listener(
                    service.name(),
                    service.listen(),
                    SidecarFilters.forApplication(
                            upstream(service), verifier, node.agent().snapshots(), node.journal()),
                    answers));
        }
        SecureRandom seeds = new SecureRandom();
        ProxyServer proxy = ProxyServer.start(
                new ProxyPlan(
                        Role.SIDECAR,
                        listeners,
                        node.agent().snapshots(),
                        Optional.of(node.identity()),
                        LimitMapping.engine(configuration.tls().engine()),
                        node.journal(),
                        LimitMapping.sidecar(configuration.limits()),
                        preparation.plan().clock(),
                        System::nanoTime,
                        () -> new SplittableRandom(seeds.nextLong())),
                eventLoops);
        Owned owned = new Owned();
        owned.add(RevocationWatch.start(node.agent().snapshots(), proxy.registry(), signIn));
        return new SidecarRole(preparation, node, proxy, owned);
    }

    /** Where the forge's sidecar listens, with its port. */
    Endpoint address(Endpoint asked) {
        return asked.withPort(((InetSocketAddress) proxy.boundAddress(ControlRole.FORGE)).getPort());
    }

    private static ListenerPlan listener(
            String service, Endpoint listen, List<Filter> filters, FailureAnswers answers) {
        return new ListenerPlan(
                new ListenerSettings(
                        service,
                        Role.SIDECAR,
                        new Binding.Tcp(listen.host(), listen.port()),
                        new Security.Mesh(service),
                        false),
                filters,
                answers);
    }

    private static Upstream upstream(Configuration.Service service) {
        return switch (service.application()) {
            case Application.Tcp(Endpoint endpoint) ->
                new Upstream.Tcp(service.name(), endpoint.host(), endpoint.port());
            case Application.Unix unix ->
                new Upstream.UnixSocket(service.name(), unix.socket().toString());
        };
    }

    @Override
    public void close() {
        owned.close();
        proxy.stopGracefully(preparation.configuration().limits().drain());
        node.close();
    }
}
