package dev.gatehouse.control;

import com.google.protobuf.ByteString;
import dev.gatehouse.control.access.AdministratorLink;
import dev.gatehouse.control.access.IssuedToken;
import dev.gatehouse.control.access.NewAccount;
import dev.gatehouse.control.audit.AuditStore;
import dev.gatehouse.control.audit.LogEntry;
import dev.gatehouse.control.policy.PolicyChange;
import dev.gatehouse.control.policy.PolicyStore;
import dev.gatehouse.control.policy.StoredPolicy;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.identity.IssuedSvid;
import dev.gatehouse.core.policy.PolicyProblem;
import dev.gatehouse.core.trace.TraceId;
import dev.gatehouse.proto.CertificateMapping;
import dev.gatehouse.proto.TimeMapping;
import dev.gatehouse.proto.v1.AddUserReply;
import dev.gatehouse.proto.v1.AddUserRequest;
import dev.gatehouse.proto.v1.AdminServiceGrpc;
import dev.gatehouse.proto.v1.AdministratorLinkReply;
import dev.gatehouse.proto.v1.AdministratorLinkRequest;
import dev.gatehouse.proto.v1.AuditEntry;
import dev.gatehouse.proto.v1.DisableUserRequest;
import dev.gatehouse.proto.v1.IssueSvidForRequest;
import dev.gatehouse.proto.v1.IssueTokenReply;
import dev.gatehouse.proto.v1.IssueTokenRequest;
import dev.gatehouse.proto.v1.RevokeCertificateRequest;
import dev.gatehouse.proto.v1.RevokeReply;
import dev.gatehouse.proto.v1.RevokeTokenRequest;
import dev.gatehouse.proto.v1.SetPolicyReply;
import dev.gatehouse.proto.v1.SetPolicyRequest;
import dev.gatehouse.proto.v1.StatusReply;
import dev.gatehouse.proto.v1.StatusRequest;
import dev.gatehouse.proto.v1.Svid;
import dev.gatehouse.proto.v1.TailAuditRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What operators ask of control through the admin socket. Methods block on the database and the journal. */
final class AdminGrpcService extends AdminServiceGrpc.AdminServiceImplBase {
    private static final int TAIL_DEFAULT = 20;

    private final Administration administration;
    private final PolicyStore policy;
    private final AuditStore audit;
    private final Supplier<StatusReply> status;

    AdminGrpcService(
            Administration administration, PolicyStore policy, AuditStore audit, Supplier<StatusReply> status) {
        this.administration = administration;
        this.policy = policy;
        this.audit = audit;
        this.status = status;
    }

    @Override
    public void issueToken(IssueTokenRequest request, StreamObserver<IssueTokenReply> observer) {
        answer(observer, actor -> {
            IssuedToken token = administration.issueToken(
                    actor,
                    request.getUser(),
                    request.hasLifetime()
                            ? Optional.of(TimeMapping.fromMessage(request.getLifetime()))
                            : Optional.empty(),
                    request.getNote());
            return IssueTokenReply.newBuilder()
                    .setToken(token.token().secret())
                    .setId(token.id())
                    .setExpiresAt(TimeMapping.toMessage(token.expiresAt()))
                    .build();
        });
    }

    @Override
    public void revokeToken(RevokeTokenRequest request, StreamObserver<RevokeReply> observer) {
        answer(observer, actor -> {
            administration.revokeToken(actor, request.getId());
            return RevokeReply.getDefaultInstance();
        });
    }

    @Override
    public void revokeCertificate(RevokeCertificateRequest request, StreamObserver<RevokeReply> observer) {
        answer(observer, actor -> {
            administration.revokeCertificate(actor, request.getSerial());
            return RevokeReply.getDefaultInstance();
        });
    }

    @Override
    public void issueSvidFor(IssueSvidForRequest request, StreamObserver<Svid> observer) {
        answer(observer, actor -> CertificateMapping.toMessage(issue(actor, request)));
    }

    private IssuedSvid issue(String actor, IssueSvidForRequest request) {
        Optional<Duration> lifetime =
                request.hasLifetime() ? Optional.of(TimeMapping.fromMessage(request.getLifetime())) : Optional.empty();
        ByteString csr = request.getCsrDer();
        return switch (request.getSubjectCase()) {
            case ROLE -> administration.issueRoleSvid(actor, request.getRole(), csr.toByteArray(), lifetime);
            case WORKLOAD ->
                administration.issueWorkloadSvid(
                        actor,
                        request.getWorkload(),
                        csr.isEmpty() ? Optional.empty() : Optional.of(csr.toByteArray()),
                        lifetime);
            case SUBJECT_NOT_SET ->
                throw StartCause.ROLE_UNKNOWN.with("role", "").asException();
        };
    }

    @Override
    public void addUser(AddUserRequest request, StreamObserver<AddUserReply> observer) {
        answer(observer, actor -> {
            administration.addUser(
                    actor,
                    new NewAccount(
                            request.getName(),
                            new LinkedHashSet<>(request.getGroupsList()),
                            Optional.of(request.getPassword()).filter(password -> !password.isEmpty()),
                            request.getAdministrator()));
            return AddUserReply.newBuilder().setCreated(true).build();
        });
    }

    @Override
    public void disableUser(DisableUserRequest request, StreamObserver<RevokeReply> observer) {
        answer(observer, actor -> {
            administration.disableUser(actor, request.getName());
            return RevokeReply.getDefaultInstance();
        });
    }

    @Override
    public void createAdministratorLink(
            AdministratorLinkRequest request, StreamObserver<AdministratorLinkReply> observer) {
        answer(observer, actor -> {
            AdministratorLink link = administration.createAdministratorLink(actor);
            return AdministratorLinkReply.newBuilder()
                    .setSecret(link.secret())
                    .setExpiresAt(TimeMapping.toMessage(link.expiresAt()))
                    .build();
        });
    }

    @Override
    public void setPolicy(SetPolicyRequest request, StreamObserver<SetPolicyReply> observer) {
        answer(observer, actor -> switch (administration.setPolicy(actor, request.getFile(), request.getText())) {
            case PolicyChange.Accepted accepted -> reply(accepted.policy().number(), accepted.warnings());
            case PolicyChange.Refused refused ->
                reply(policy.current().map(StoredPolicy::number).orElse(0L), refused.problems());
        });
    }

    private static SetPolicyReply reply(long number, List<PolicyProblem> problems) {
        SetPolicyReply.Builder reply = SetPolicyReply.newBuilder().setNumber(number);
        for (PolicyProblem problem : problems) {
            reply.addProblems(dev.gatehouse.proto.v1.PolicyProblem.newBuilder()
                    .setLine(problem.line())
                    .setColumn(problem.column())
                    .setMessage(problem.message())
                    .setFatal(problem.fatal())
                    .setCode(problem.fatal() ? problem.failure().cause().code() : ""));
        }
        return reply.build();
    }

    @Override
    public void status(StatusRequest request, StreamObserver<StatusReply> observer) {
        answer(observer, actor -> status.get());
    }

    @Override
    public void tailAudit(TailAuditRequest request, StreamObserver<AuditEntry> observer) {
        try {
            ControlCallers.requireAdmin();
            Optional<TraceId> trace = Optional.of(request.getTrace())
                    .filter(text -> !text.isEmpty())
                    .map(text -> TraceId.parse(text)
                            .orElseThrow(() ->
                                    StartCause.NO_SUCH_TRACE.with("trace", text).asException()));
            int count = request.getCount() <= 0 ? TAIL_DEFAULT : request.getCount();
            long newestBefore = audit.newest(1).stream()
                    .mapToLong(LogEntry::ordinal)
                    .findFirst()
                    .orElse(0);
            List<LogEntry> first = trace.map(audit::byTrace).orElseGet(() -> audit.newest(count));
            new AuditTail(
                            audit,
                            (ServerCallStreamObserver<AuditEntry>) observer,
                            first,
                            newestBefore,
                            trace,
                            request.getFollow())
                    .start();
        } catch (RuntimeException e) {
            Calls.fail(observer, e);
        }
    }

    private static <T> void answer(StreamObserver<T> observer, Function<String, T> work) {
        Calls.answer(observer, () -> work.apply(ControlCallers.requireAdmin().actor()));
    }
}
