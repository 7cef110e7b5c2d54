package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.gatehouse.control.access.AccessSettings;
import dev.gatehouse.control.audit.AuditLimits;
import dev.gatehouse.control.authority.AuthoritySettings;
import dev.gatehouse.core.audit.AuditRecordCodec;
import dev.gatehouse.core.audit.OperatorRecord;
import dev.gatehouse.core.cause.AuditCause;
import dev.gatehouse.core.cause.Cause;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.cause.PolicyCause;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.identity.Credential;
import dev.gatehouse.core.identity.Introspection;
import dev.gatehouse.core.identity.IssuedSvid;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.identity.TrustDomain;
import dev.gatehouse.core.snapshot.Route;
import dev.gatehouse.proto.CertificateMapping;
import dev.gatehouse.proto.FailureMapping;
import dev.gatehouse.proto.IdentityMapping;
import dev.gatehouse.proto.ResourceMapping;
import dev.gatehouse.proto.v1.AddUserRequest;
import dev.gatehouse.proto.v1.AdminServiceGrpc;
import dev.gatehouse.proto.v1.AdministratorLinkRequest;
import dev.gatehouse.proto.v1.AuditBatch;
import dev.gatehouse.proto.v1.AuditEntry;
import dev.gatehouse.proto.v1.AuditReceipt;
import dev.gatehouse.proto.v1.DisableUserRequest;
import dev.gatehouse.proto.v1.IssueSvidForRequest;
import dev.gatehouse.proto.v1.IssueSvidRequest;
import dev.gatehouse.proto.v1.IssueTokenReply;
import dev.gatehouse.proto.v1.IssueTokenRequest;
import dev.gatehouse.proto.v1.IssueWebCertificateRequest;
import dev.gatehouse.proto.v1.NodeServiceGrpc;
import dev.gatehouse.proto.v1.Resource;
import dev.gatehouse.proto.v1.RevokeCertificateRequest;
import dev.gatehouse.proto.v1.RevokeTokenRequest;
import dev.gatehouse.proto.v1.SetPolicyReply;
import dev.gatehouse.proto.v1.SetPolicyRequest;
import dev.gatehouse.proto.v1.StatusReply;
import dev.gatehouse.proto.v1.StatusRequest;
import dev.gatehouse.proto.v1.TailAuditRequest;
import dev.gatehouse.proto.v1.WatchRequest;
import dev.gatehouse.store.Database;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlTest {
    private static final TrustDomain DOMAIN = new TrustDomain("gatehouse.test");
    private static final SpiffeId INGRESS = DOMAIN.id("/ingress");
    private static final String RULES = """
            version: 1
            rules:
              - {id: everyone-reads, allow: read, who: anyone, repos: "**"}
            """;
    private static final int SECONDS_MAX = 10;

    @TempDir
    private Path folder = Path.of("");

    private final TestClock clock = new TestClock();
    private final MemoryJournal journal = new MemoryJournal();
    private final List<AutoCloseable> toClose = new ArrayList<>();

    private Control open() {
        Database database = Database.sqlite(folder.resolve("gatehouse.db"));
        Control control = Control.open(
                new ControlSettings(
                        DOMAIN,
                        List.of(),
                        folder.resolve("keys"),
                        folder.resolve("ca.pem"),
                        Optional.of(folder.resolve("policy.yaml")),
                        AuthoritySettings.DEFAULTS,
                        AccessSettings.defaults("https://localhost/-/sign-in"),
                        AuditLimits.DEFAULTS),
                database,
                journal,
                clock,
                new SecureRandom());
        toClose.addFirst(database);
        toClose.addFirst(control);
        return control;
    }

    private <T> ManagedChannel serve(BindableService service, Context.Key<T> key, Optional<T> caller)
            throws IOException {
        String name = InProcessServerBuilder.generateName();
        ServerInterceptor identify = new ServerInterceptor() {
            @Override
            public <Q, A> ServerCall.Listener<Q> interceptCall(
                    ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                Context context = caller.map(value -> Context.current().withValue(key, value))
                        .orElseGet(Context::current);
                return Contexts.interceptCall(context, call, headers, next);
            }
        };
        Server server = InProcessServerBuilder.forName(name)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addService(ServerInterceptors.intercept(service, identify))
                .build()
                .start();
        ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
        toClose.addFirst(() -> {
            channel.shutdownNow();
            server.shutdownNow();
            server.awaitTermination();
        });
        return channel;
    }

    private NodeServiceGrpc.NodeServiceBlockingStub node(Control control, SpiffeId caller) throws IOException {
        return NodeServiceGrpc.newBlockingStub(serve(control.nodeService(), ControlCallers.NODE, Optional.of(caller)));
    }

    private AdminServiceGrpc.AdminServiceBlockingStub admin(Control control) throws IOException {
        return AdminServiceGrpc.newBlockingStub(
                serve(control.adminService(), ControlCallers.ADMIN, Optional.of(new AdminCaller(1000))));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : toClose) {
            each.close();
        }
    }

    private static Failure failureOf(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            return FailureMapping.fromThrowable(e).orElseThrow(() -> e);
        }
        throw new AssertionError("the call was answered");
    }

    private static void assertRefused(Runnable call, Cause cause) {
        assertThat(failureOf(call).cause()).isEqualTo(cause);
    }

    @Test
    void aNodeGetsAnIdentityForItsOwnNameAndARenewal() throws Exception {
        Control control = open();
        byte[] csr = CertificateRequests.csr(CertificateRequests.ecKey());
        IssuedSvid first = CertificateMapping.fromMessage(admin(control)
                .issueSvidFor(IssueSvidForRequest.newBuilder()
                        .setRole("ingress")
                        .setCsrDer(ByteString.copyFrom(csr))
                        .build()));
        assertThat(first.id()).isEqualTo(INGRESS);
        IssuedSvid renewed = CertificateMapping.fromMessage(node(control, INGRESS)
                .issueSvid(IssueSvidRequest.newBuilder()
                        .setCsrDer(ByteString.copyFrom(csr))
                        .build()));
        assertThat(renewed.id()).isEqualTo(INGRESS);
        assertThat(renewed.serial()).isNotEqualTo(first.serial());
        assertThat(renewed.authorities()).isEqualTo(control.bundle().authorities());
    }

    @Test
    void aWorkloadGetsItsKeyToo() throws Exception {
        IssuedSvid svid = CertificateMapping.fromMessage(admin(open())
                .issueSvidFor(IssueSvidForRequest.newBuilder()
                        .setWorkload("ci-runner")
                        .build()));
        assertThat(svid.id().toString()).isEqualTo("spiffe://gatehouse.test/workload/ci-runner");
        assertThat(svid.privateKey()).isPresent();
        assertThat(journal.acts()).containsExactly("svid.issue", "svid.issue.done");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spiffe://gatehouse.test/workload/ci-runner",
                "spiffe://other.test/ingress",
                "spiffe://gatehouse.test/ingress/x"
            })
    void onlyOurOwnRolesAreNodes(String caller) throws Exception {
        NodeServiceGrpc.NodeServiceBlockingStub stub =
                node(open(), SpiffeId.parse(caller).orElseThrow());
        assertRefused(() -> stub.issueSvid(IssueSvidRequest.getDefaultInstance()), IdentityCause.PEER_NOT_ALLOWED);
        assertRefused(
                () -> stub.introspect(IdentityMapping.toMessage(new Credential.Bearer("x"))),
                IdentityCause.PEER_NOT_ALLOWED);
        assertRefused(() -> stub.watch(WatchRequest.getDefaultInstance()).next(), IdentityCause.PEER_NOT_ALLOWED);
    }

    @Test
    void callsWithoutAVerifiedCallerAreRefused() throws Exception {
        Control control = open();
        NodeServiceGrpc.NodeServiceBlockingStub node =
                NodeServiceGrpc.newBlockingStub(serve(control.nodeService(), ControlCallers.NODE, Optional.empty()));
        AdminServiceGrpc.AdminServiceBlockingStub admin =
                AdminServiceGrpc.newBlockingStub(serve(control.adminService(), ControlCallers.ADMIN, Optional.empty()));
        assertRefused(
                () -> node.issueSvid(IssueSvidRequest.getDefaultInstance()), IdentityCause.PEER_CERTIFICATE_MISSING);
        assertRefused(() -> admin.issueToken(IssueTokenRequest.getDefaultInstance()), StartCause.NOT_PERMITTED);
        assertRefused(
                () -> admin.tailAudit(TailAuditRequest.getDefaultInstance()).next(), StartCause.NOT_PERMITTED);
    }

    @Test
    void onlyTheIngressGetsTheWebCertificate() throws Exception {
        Control control = open();
        IssueWebCertificateRequest request = IssueWebCertificateRequest.newBuilder()
                .setCsrDer(ByteString.copyFrom(CertificateRequests.csr(CertificateRequests.ecKey())))
                .build();
        assertThat(CertificateMapping.fromMessage(node(control, INGRESS).issueWebCertificate(request)))
                .hasSize(1);
        NodeServiceGrpc.NodeServiceBlockingStub forge = node(control, DOMAIN.id("/forge"));
        assertRefused(() -> forge.issueWebCertificate(request), IdentityCause.IDENTITY_NOT_ISSUED);
    }

    @Test
    void aTokenIsIssuedIntrospectedAndRevoked() throws Exception {
        Control control = open();
        control.seedDemo();
        control.seedDemo();
        AdminServiceGrpc.AdminServiceBlockingStub admin = admin(control);
        NodeServiceGrpc.NodeServiceBlockingStub node = node(control, INGRESS);
        IssueTokenReply token =
                admin.issueToken(IssueTokenRequest.newBuilder().setUser("alice").build());
        Credential credential = new Credential.Basic("git", token.getToken());
        assertThat(IdentityMapping.fromMessage(node.introspect(IdentityMapping.toMessage(credential))))
                .isInstanceOfSatisfying(
                        Introspection.Active.class,
                        active -> assertThat(active.caller().principal().key()).isEqualTo("local|alice"));
        admin.revokeToken(RevokeTokenRequest.newBuilder().setId(token.getId()).build());
        assertThat(IdentityMapping.fromMessage(node.introspect(IdentityMapping.toMessage(credential))))
                .isInstanceOfSatisfying(
                        Introspection.Inactive.class,
                        inactive -> assertThat(inactive.failure().cause()).isEqualTo(IdentityCause.BAD_CREDENTIAL));
        assertThat(journal.acts())
                .containsExactly("token.issue", "token.issue.done", "token.revoke", "token.revoke.done");
        assertThat(journal.text()).contains("uid 1000").doesNotContain(token.getToken());
    }

    @Test
    void nothingIsDoneThatCannotBeRecorded() throws Exception {
        Control control = open();
        AdminServiceGrpc.AdminServiceBlockingStub admin = admin(control);
        journal.fill();
        assertRefused(
                () -> admin.addUser(AddUserRequest.newBuilder().setName("eve").build()), AuditCause.JOURNAL_FULL);
        assertThat(control.introspect(new Credential.Basic("eve", "x"))).isInstanceOf(Introspection.Inactive.class);
    }

    @Test
    void aRefusedActIsRecordedAsSuch() throws Exception {
        AdminServiceGrpc.AdminServiceBlockingStub admin = admin(open());
        assertRefused(
                () -> admin.issueToken(
                        IssueTokenRequest.newBuilder().setUser("nobody").build()),
                StartCause.NO_SUCH_ACCOUNT);
        assertThat(journal.acts()).containsExactly("token.issue", "token.issue.refused");
    }

    @Test
    void aWatcherGetsEachKindWholeAndThenEachChange() throws Exception {
        Files.writeString(folder.resolve("policy.yaml"), RULES);
        Control control = open();
        Route route = new Route("forge", "/", "127.0.0.1", 9443, DOMAIN.id("/sidecar"));
        control.publishRoutes(List.of(route));
        control.seedDemo();
        AdminServiceGrpc.AdminServiceBlockingStub admin = admin(control);
        BlockingQueue<Resource> received = new LinkedBlockingQueue<>();
        NodeServiceGrpc.newStub(serve(control.nodeService(), ControlCallers.NODE, Optional.of(INGRESS)))
                .watch(WatchRequest.getDefaultInstance(), into(received));

        List<Resource> first = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            first.add(take(received));
        }
        assertThat(first)
                .extracting(Resource::getKindCase)
                .containsExactlyInAnyOrder(
                        Resource.KindCase.POLICY,
                        Resource.KindCase.ROUTES,
                        Resource.KindCase.BUNDLE,
                        Resource.KindCase.REVOCATIONS);
        Resource policy = first.stream().filter(Resource::hasPolicy).findFirst().orElseThrow();
        assertThat(policy.getPolicy().getText()).isEqualTo(RULES);
        assertThat(policy.getPolicy().getNumber()).isEqualTo(1);
        Resource routes = first.stream().filter(Resource::hasRoutes).findFirst().orElseThrow();
        assertThat(ResourceMapping.fromMessage(routes.getRoutes())).containsExactly(route);

        admin.disableUser(DisableUserRequest.newBuilder().setName("mallory").build());
        assertThat(take(received).getRevocations().getPrincipalsList()).containsExactly("local|mallory");
        admin.revokeCertificate(
                RevokeCertificateRequest.newBuilder().setSerial("ABC").build());
        assertThat(take(received).getRevocations().getCredentialsList()).containsExactly("abc");
        // What has not changed is not sent again.
        control.publishRoutes(List.of(route));
        control.publishRoutes(List.of());
        assertThat(take(received).getRoutes().getRoutesList()).isEmpty();

        StatusReply status = admin.status(StatusRequest.getDefaultInstance());
        assertThat(status.getNodes(0).getSpiffeId()).isEqualTo("spiffe://gatehouse.test/ingress");
        assertThat(status.getNodes(0).getConnected()).isTrue();
        assertThat(status.getPolicyNumber()).isEqualTo(1);
    }

    @Test
    void aBadPolicyIsRefusedAndTheOldOneStays() throws Exception {
        Files.writeString(folder.resolve("policy.yaml"), RULES);
        Control control = open();
        AdminServiceGrpc.AdminServiceBlockingStub admin = admin(control);
        SetPolicyReply invalid = admin.setPolicy(SetPolicyRequest.newBuilder()
                .setFile("policy.yaml")
                .setText("version: 1\nrulez: []\n")
                .build());
        assertThat(invalid.getNumber()).isEqualTo(1);
        assertThat(invalid.getProblems(0).getFatal()).isTrue();
        assertThat(invalid.getProblems(0).getCode()).isEqualTo(PolicyCause.POLICY_INVALID.code());
        SetPolicyReply lockedOut = admin.setPolicy(SetPolicyRequest.newBuilder()
                .setFile("policy.yaml")
                .setText("version: 1\nrules: []\n")
                .build());
        assertThat(lockedOut.getProblems(0).getCode()).isEqualTo(PolicyCause.POLICY_LOCKS_EVERYONE_OUT.code());
        assertThat(Files.readString(folder.resolve("policy.yaml"))).isEqualTo(RULES);

        String better = RULES + "  - {id: also, allow: push, who: {user: alice}, repos: demo/hello}\n";
        assertThat(admin.setPolicy(SetPolicyRequest.newBuilder()
                                .setFile("x")
                                .setText(better)
                                .build())
                        .getNumber())
                .isEqualTo(2);
        assertThat(Files.readString(folder.resolve("policy.yaml"))).isEqualTo(better);
        Files.writeString(folder.resolve("policy.yaml"), "rubbish");
        control.administration().reloadPolicy("file");
        assertThat(control.policy().orElseThrow().number()).isEqualTo(2);
    }

    @Test
    void aBadPolicyFileStopsTheFirstStartAndNoLater() throws Exception {
        Files.writeString(folder.resolve("policy.yaml"), "rubbish");
        assertThatThrownBy(this::open).hasMessageContaining("policy.yaml:1:");
        Files.writeString(folder.resolve("policy.yaml"), RULES);
        open().close();
        Files.writeString(folder.resolve("policy.yaml"), "rubbish");
        assertThat(open().policy().orElseThrow().text()).isEqualTo(RULES);
    }

    @Test
    void aJournalIsShippedAndFollowed() throws Exception {
        Control control = open();
        AdminServiceGrpc.AdminServiceBlockingStub admin = admin(control);
        BlockingQueue<AuditReceipt> receipts = new LinkedBlockingQueue<>();
        StreamObserver<AuditBatch> shipping = NodeServiceGrpc.newStub(
                        serve(control.nodeService(), ControlCallers.NODE, Optional.of(INGRESS)))
                .shipAudit(into(receipts));
        shipping.onNext(batch(1, "first", "second"));
        assertThat(take(receipts).getStoredThroughSequence()).isEqualTo(2);
        Iterator<AuditEntry> tail =
                admin.tailAudit(TailAuditRequest.newBuilder().setFollow(true).build());
        assertThat(tail.next().getSequence()).isEqualTo(1);
        assertThat(tail.next().getNode()).isEqualTo("spiffe://gatehouse.test/ingress");
        shipping.onNext(batch(3, "third"));
        assertThat(take(receipts).getStoredThroughSequence()).isEqualTo(3);
        assertThat(tail.next().getSequence()).isEqualTo(3);
        assertThat(admin.status(StatusRequest.getDefaultInstance()).getNodes(0).getAuditStoredThrough())
                .isEqualTo(3);
    }

    @Test
    void theFirstAdministratorIsMadeThroughALink() throws Exception {
        Control control = open();
        String secret = admin(control)
                .createAdministratorLink(AdministratorLinkRequest.getDefaultInstance())
                .getSecret();
        assertThat(control.hasAdministrator()).isFalse();
        control.administration().claimAdministrator(secret, "root", "correct horse battery");
        assertThat(control.hasAdministrator()).isTrue();
        assertThat(journal.text()).doesNotContain(secret).doesNotContain("horse");
    }

    private AuditBatch batch(long first, String... acts) {
        AuditBatch.Builder batch =
                AuditBatch.newBuilder().setJournal("journal-1").setFirstSequence(first);
        for (String act : acts) {
            batch.addRecords(ByteString.copyFrom(AuditRecordCodec.encode(
                    new OperatorRecord(clock.instant(), Optional.empty(), "uid 0", act, Map.of()))));
        }
        return batch.build();
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        return Optional.ofNullable(queue.poll(SECONDS_MAX, TimeUnit.SECONDS)).orElseThrow();
    }

    private static <T> StreamObserver<T> into(BlockingQueue<T> queue) {
        return new StreamObserver<>() {
            @Override
            public void onNext(T value) {
                queue.add(value);
            }

            @Override
            public void onError(Throwable ended) {}

            @Override
            public void onCompleted() {}
        };
    }
}
