package dev.gatehouse.app.agent;

import com.google.protobuf.ByteString;
import dev.gatehouse.core.audit.Role;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.identity.CredentialIntrospector;
import dev.gatehouse.core.snapshot.SnapshotSource;
import dev.gatehouse.core.snapshot.TrustBundle;
import dev.gatehouse.forge.page.SetupClaims;
import dev.gatehouse.proto.CertificateMapping;
import dev.gatehouse.proto.FailureMapping;
import dev.gatehouse.proto.v1.IssueSvidRequest;
import dev.gatehouse.proto.v1.IssueWebCertificateRequest;
import dev.gatehouse.proto.v1.NodeServiceGrpc;
import dev.gatehouse.spool.Spool;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What one role has of control. It owns one thread, on which identities are renewed, resources taken and the journal shipped; what it hands out
 * is safe for all threads.
 */
public final class NodeAgent implements AutoCloseable {
    private static final Duration FIRST_SNAPSHOT_WAIT = Duration.ofSeconds(20);
    private static final long ISSUE_SECONDS_MAX = 10;

    private final Role role;
    private final Path folder;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Channel channel;
    private final ScheduledExecutorService thread;
    private final RenewedCertificate identity;
    private final SnapshotFeed feed;

    private NodeAgent(
            Role role,
            Path folder,
            InstantSource clock,
            RandomGenerator random,
            ScheduledExecutorService thread,
            Function<Supplier<Certified>, Channel> connect,
            CertificateIssuer first) {
        this.role = role;
        this.folder = folder;
        this.clock = clock;
        this.random = random;
        this.thread = thread;
        DeferredIssuer later = new DeferredIssuer();
        this.identity = RenewedCertificate.obtain(
                "the identity of " + role.label(),
                first,
                later,
                new KeptIdentity(folder.resolve("identity")),
                thread,
                clock,
                random);
        this.channel = connect.apply(identity::current);
        later.channel = channel;
        this.feed = new SnapshotFeed(channel, folder.resolve("snapshot"), thread, random);
        feed.start();
    }

    /**
     * Starts the agent of {@code role}, which keeps its files in {@code folder}. The first identity comes from {@code first}, where none is kept;
     * then {@code connect} makes the channel to control, on which the newest identity is shown. Blocks until there is an identity.
     *
     * @throws FailureException where there is none
     */
    public static NodeAgent start(
            Role role,
            Path folder,
            InstantSource clock,
            RandomGenerator random,
            CertificateIssuer first,
            Function<Supplier<Certified>, Channel> connect) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("agent-" + role.label()).factory());
        boolean started = false;
        try {
            NodeAgent agent = new NodeAgent(role, folder, clock, random, thread, connect, first);
            started = true;
            return agent;
        } finally {
            if (!started) {
                thread.shutdownNow();
            }
        }
    }

    /**
     * Blocks until there is a snapshot, from control or from the last run.
     *
     * @throws FailureException with {@code CONTROL_UNREACHABLE} where none comes in time
     */
    public void awaitSnapshot() {
        try {
            if (feed.awaitFirst(FIRST_SNAPSHOT_WAIT)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw StartCause.CONTROL_UNREACHABLE
                .with("address", channel.authority(), "detail", "it sent no complete snapshot")
                .asException();
    }

    /** This role's X.509-SVID. */
    public RenewedCertificate identity() {
        return identity;
    }

    /** What control says. */
    public SnapshotSource snapshots() {
        return feed;
    }

    /** Whom to trust, as control says; empty before the first snapshot. */
    public Optional<TrustBundle> bundle() {
        return feed.bundle();
    }

    /** What credentials are worth. */
    public CredentialIntrospector introspector() {
        return new ControlIntrospector(channel);
    }

    /** Who makes the first administrator. Only for a forge. */
    public SetupClaims setup() {
        return new ControlSetup(channel);
    }

    /** Whether control is connected now. */
    public boolean connected() {
        return feed.connected();
    }

    /** The certificate that clients see, from the web CA. Blocks until it is there. Only for an ingress. */
    public RenewedCertificate webCertificate() {
        CertificateIssuer issuer = der -> issue(() -> CertificateMapping.fromMessage(stub(channel)
                .issueWebCertificate(IssueWebCertificateRequest.newBuilder()
                        .setCsrDer(ByteString.copyFrom(der))
                        .build())));
        return RenewedCertificate.obtain(
                "the web certificate",
                issuer,
                issuer,
                new KeptIdentity(folder.resolve("web-certificate")),
                thread,
                clock,
                random);
    }

    /** Ships {@code journal} to control from now on. */
    public void ship(Spool journal) {
        new AuditShipper(journal, channel, thread, random).start();
    }

    /** The role it works for. */
    public Role role() {
        return role;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static NodeServiceGrpc.NodeServiceBlockingStub stub(Channel channel) {
        return NodeServiceGrpc.newBlockingStub(channel).withDeadlineAfter(ISSUE_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static List<X509Certificate> issue(Supplier<List<X509Certificate>> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException e) {
            throw FailureMapping.fromThrowable(e)
                    .map(failure -> failure.asException())
                    .orElseGet(() -> StartCause.CONTROL_UNREACHABLE
                            .with("address", "control", "detail", e.getStatus().toString())
                            .asException());
        }
    }

    /** An issuer over the channel. */
    public static CertificateIssuer issuerOver(Channel channel) {
        return der -> issue(() -> CertificateMapping.fromMessage(stub(channel)
                        .issueSvid(IssueSvidRequest.newBuilder()
                                .setCsrDer(ByteString.copyFrom(der))
                                .build()))
                .chain());
    }

    /** Renewals go over the channel, which is made when there is an identity to show on it. */
    private static final class DeferredIssuer implements CertificateIssuer {
        private volatile Channel channel = new NoChannel();

        @Override
        public List<X509Certificate> issue(byte[] requestDer) {
            return issuerOver(channel).issue(requestDer);
        }
    }

    /** Before there is a channel, nothing can be asked. */
    private static final class NoChannel extends Channel {
        @Override
        public <I, O> ClientCall<I, O> newCall(MethodDescriptor<I, O> method, CallOptions options) {
            throw StartCause.CONTROL_UNREACHABLE
                    .with("address", "control", "detail", "not connected yet")
                    .asException();
        }

        @Override
        public String authority() {
            return "control";
        }
    }
}
