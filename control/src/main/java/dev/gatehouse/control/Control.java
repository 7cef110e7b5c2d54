package dev.gatehouse.control;

import dev.gatehouse.control.access.Access;
import dev.gatehouse.control.access.NewAccount;
import dev.gatehouse.control.audit.AuditStore;
import dev.gatehouse.control.audit.LogEntry;
import dev.gatehouse.control.authority.MeshAuthority;
import dev.gatehouse.control.authority.WebAuthority;
import dev.gatehouse.control.authority.WebIdentity;
import dev.gatehouse.control.distribution.NodeRegistry;
import dev.gatehouse.control.distribution.ResourceHub;
import dev.gatehouse.control.policy.PolicyStore;
import dev.gatehouse.control.policy.StoredPolicy;
import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.identity.Credential;
import dev.gatehouse.core.identity.Introspection;
import dev.gatehouse.core.snapshot.Route;
import dev.gatehouse.core.snapshot.ServicePeers;
import dev.gatehouse.core.snapshot.TrustBundle;
import dev.gatehouse.core.trace.TraceId;
import dev.gatehouse.proto.TimeMapping;
import dev.gatehouse.proto.v1.NodeStatus;
import dev.gatehouse.proto.v1.StatusReply;
import dev.gatehouse.store.Database;
import io.grpc.BindableService;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Control, whole. Threads: any. Its services and most methods block on the database, so transports give them virtual threads; nothing here
 * listens, and nothing starts a thread but for a follower of the log.
 */
public final class Control implements AutoCloseable {
    private static final List<String> DEMO_USERS = List.of("alice", "bob", "mallory");

    private final ControlSettings settings;
    private final Instant startedAt;
    private final MeshAuthority mesh;
    private final WebAuthority web;
    private final Access access;
    private final ResourceHub hub;
    private final NodeRegistry nodes;
    private final PolicyStore policy;
    private final AuditStore audit;
    private final Administration administration;

    private Control(
            ControlSettings settings,
            Database database,
            AuditJournal journal,
            InstantSource clock,
            SecureRandom random) {
        this.settings = settings;
        this.startedAt = clock.instant();
        this.mesh =
                MeshAuthority.open(settings.keysFolder(), settings.trustDomain(), settings.authority(), clock, random);
        this.web = WebAuthority.open(
                settings.keysFolder(), settings.caFile(), settings.hosts(), settings.authority(), clock, random);
        this.hub = new ResourceHub(clock);
        this.nodes = new NodeRegistry(clock);
        this.audit = AuditStore.open(database, settings.audit(), clock);
        this.access = Access.open(database, settings.access(), clock, random, hub::publishRevocations);
        this.policy = PolicyStore.open(database, settings.trustDomain(), clock, this::publish);
        PolicyControl policyControl = new PolicyControl(policy, settings.policyFile());
        this.administration = new Administration(
                settings.trustDomain(),
                settings.authority(),
                access,
                mesh,
                policyControl,
                nodes,
                new OperatorLog(journal, clock));
        policyControl.start();
        policy.current().ifPresent(this::publish);
        hub.publishBundle(mesh.bundle());
        hub.publishRevocations(access.revocations());
    }

    /**
     * Opens control on its state, and makes the state where there is none.
     *
     * @param database is brought up to date; stays the caller's to close, after this
     * @param journal takes what operators do
     * @throws dev.gatehouse.core.cause.FailureException {@code DATA_UNREADABLE} with the path of what cannot be used; {@code POLICY_INVALID}
     *     where the rules' file cannot be used and no others are in force
     */
    public static Control open(
            ControlSettings settings,
            Database database,
            AuditJournal journal,
            InstantSource clock,
            SecureRandom random) {
        return new Control(settings, database, journal, clock, random);
    }

    /** For nodes; the transport sets {@link ControlCallers#NODE}. */
    public BindableService nodeService() {
        return new NodeGrpcService(settings.trustDomain(), mesh, web, access, administration, hub, nodes, audit);
    }

    /** For operators on this machine; the transport sets {@link ControlCallers#ADMIN}. */
    public BindableService adminService() {
        return new AdminGrpcService(administration, policy, audit, this::status);
    }

    /** What operators do, for callers in this process. */
    public Administration administration() {
        return administration;
    }

    /** What nodes trust. */
    public TrustBundle bundle() {
        return mesh.bundle();
    }

    /** A web certificate for the configured hosts, for an ingress in this process; to be asked for again before it expires. */
    public WebIdentity issueWebIdentity() {
        return web.issueWithKey();
    }

    /** What a credential is worth. Blocks. */
    public Introspection introspect(Credential credential) {
        return access.introspect(credential);
    }

    /** Whether anybody can administer the installation. Where not, the first start prints a link. */
    public boolean hasAdministrator() {
        return access.hasAdministrator();
    }

    /** The rules in force; empty before the first. */
    public Optional<StoredPolicy> policy() {
        return policy.current();
    }

    /** Where requests go, from the configuration. */
    public void publishRoutes(List<Route> routes) {
        hub.publishRoutes(routes);
    }

    /** Who may connect to which service, from the configuration. */
    public void publishPeers(List<ServicePeers> peers) {
        hub.publishPeers(peers);
    }

    /** What was recorded of one request. */
    public List<LogEntry> auditOf(TraceId trace) {
        return audit.byTrace(trace);
    }

    /** Makes the accounts of the demo, those that are missing. */
    public void seedDemo() {
        for (String name : DEMO_USERS) {
            access.createIfMissing(new NewAccount(name, Set.of(), Optional.empty(), false));
        }
    }

    /** Ends all streams. The database stays open. */
    @Override
    public void close() {
        hub.close();
        audit.close();
    }

    private void publish(StoredPolicy inForce) {
        hub.publishPolicy(inForce.number(), inForce.file(), inForce.text());
    }

    private StatusReply status() {
        StatusReply.Builder reply = StatusReply.newBuilder()
                .setTrustDomain(settings.trustDomain().name())
                .setStartedAt(TimeMapping.toMessage(startedAt))
                .setAuthorityNotAfter(TimeMapping.toMessage(mesh.notAfter()))
                .setPolicyNumber(policy.current().map(StoredPolicy::number).orElse(0L))
                .addAllStoredRecords(audit.storedThrough());
        for (NodeRegistry.Node node : nodes.nodes()) {
            NodeStatus.Builder message = NodeStatus.newBuilder()
                    .setSpiffeId(node.id().toString())
                    .setConnected(node.connected())
                    .setLastSeenAt(TimeMapping.toMessage(node.lastSeenAt()))
                    .setAuditStoredThrough(node.auditStoredThrough());
            node.svidNotAfter().map(TimeMapping::toMessage).ifPresent(message::setSvidNotAfter);
            reply.addNodes(message);
        }
        return reply.build();
    }
}
