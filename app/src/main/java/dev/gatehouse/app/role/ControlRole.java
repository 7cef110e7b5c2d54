package dev.gatehouse.app.role;

import dev.gatehouse.app.agent.NodeAgent;
import dev.gatehouse.app.configuration.Configuration;
import dev.gatehouse.app.configuration.Endpoint;
import dev.gatehouse.app.transport.ControlServers;
import dev.gatehouse.control.Control;
import dev.gatehouse.control.ControlSettings;
import dev.gatehouse.control.NodeRole;
import dev.gatehouse.control.access.AccessSettings;
import dev.gatehouse.control.audit.AuditLimits;
import dev.gatehouse.control.authority.AuthoritySettings;
import dev.gatehouse.core.audit.Role;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.identity.TrustDomain;
import dev.gatehouse.core.snapshot.Route;
import dev.gatehouse.core.snapshot.ServicePeers;
import dev.gatehouse.spool.Spool;
import dev.gatehouse.store.Database;
import io.grpc.Channel;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Control with the ways into it, and a node of its own that ships its journal. */
final class ControlRole implements AutoCloseable {
    /** The forge's name among the services. */
    static final String FORGE = "forge";

    private final Preparation preparation;
    private final Database database;
    private final Control control;
    private final ControlServers servers;
    private final Node node;
    private final PolicyFileWatch policyFile;

    private ControlRole(
            Preparation preparation,
            Database database,
            Control control,
            ControlServers servers,
            Node node,
            PolicyFileWatch policyFile) {
        this.preparation = preparation;
        this.database = database;
        this.control = control;
        this.servers = servers;
        this.node = node;
        this.policyFile = policyFile;
    }

    static ControlRole start(Preparation preparation, Database database, String signIn) {
        Spool journal = Node.openJournal(preparation, Role.CONTROL);
        Control control = Control.open(
                settings(preparation, signIn),
                database,
                journal,
                preparation.plan().clock(),
                new SecureRandom());
        control.publishRoutes(List.of());
        control.publishPeers(peers(preparation.configuration()));
        ControlServers servers = new ControlServers();
        Channel channel = servers.inProcess(
                control.nodeService(),
                NodeRole.CONTROL.id(preparation.configuration().trustDomain()));
        Node node = Node.start(preparation, Role.CONTROL, journal, NodeAgent.issuerOver(channel), identity -> channel);
        servers.adminSocket(preparation.runtime().adminSocket(), control.adminService());
        PolicyFileWatch policyFile = PolicyFileWatch.start(preparation.data().policyFile(), control.administration());
        return new ControlRole(preparation, database, control, servers, node, policyFile);
    }

    /** A node of {@code role} in this process. */
    Node node(Role role) {
        NodeRole nodeRole = NodeRole.valueOf(role.name());
        return Node.beside(preparation, role, servers.inProcess(control.nodeService(), nodeRole.id(trustDomain())));
    }

    /** Opens a socket for the operator to {@code service}. */
    ControlServers servers() {
        return servers;
    }

    Control control() {
        return control;
    }

    Database database() {
        return database;
    }

    /** From now on roles in other processes can connect. */
    void listenForNodes(Endpoint address) {
        node.agent().awaitSnapshot();
        servers.forNodes(
                address,
                control.nodeService(),
                node.agent().identity()::current,
                () -> node.agent().snapshots().current().bundle(),
                id -> NodeRole.of(id).isPresent());
    }

    private TrustDomain trustDomain() {
        return preparation.configuration().trustDomain();
    }

    /** Tells the ingress where the services are; {@code forge} is where the forge's sidecar listens. */
    void publishRoutes(Endpoint forge) {
        SpiffeId sidecar = NodeRole.SIDECAR.id(trustDomain());
        List<Route> routes = new ArrayList<>();
        routes.add(new Route(FORGE, "/", forge.host(), forge.port(), sidecar));
        for (Configuration.Service service : preparation.configuration().services()) {
            Endpoint listen = service.listen();
            routes.add(new Route(service.name(), service.pathPrefix(), listen.host(), listen.port(), sidecar));
        }
        control.publishRoutes(routes);
    }

    private static List<ServicePeers> peers(Configuration configuration) {
        Set<SpiffeId> ingress = Set.of(NodeRole.INGRESS.id(configuration.trustDomain()));
        List<ServicePeers> peers = new ArrayList<>();
        peers.add(new ServicePeers(FORGE, ingress));
        configuration.services().forEach(service -> peers.add(new ServicePeers(service.name(), ingress)));
        return peers;
    }

    private static ControlSettings settings(Preparation preparation, String signIn) {
        Configuration configuration = preparation.configuration();
        AccessSettings access = AccessSettings.defaults(signIn);
        return new ControlSettings(
                configuration.trustDomain(),
                configuration.hosts(),
                preparation.data().keys(),
                preparation.data().webAuthorityFile(),
                Optional.of(preparation.data().policyFile()),
                AuthoritySettings.DEFAULTS.withLeafLifetime(
                        configuration.identity().leafLifetime()),
                new AccessSettings(
                        configuration.tokens().lifetime(),
                        configuration.tokens().lifetimeMax(),
                        access.linkLifetime(),
                        access.passwordProofLifetime(),
                        access.passwordHashing(),
                        access.passwordChecksMax(),
                        access.passwordCheckWait(),
                        access.failedAttemptsMax(),
                        access.failedAttemptPause(),
                        signIn),
                AuditLimits.DEFAULTS);
    }

    @Override
    public void close() {
        policyFile.close();
        node.close();
        servers.close();
        control.close();
    }
}
