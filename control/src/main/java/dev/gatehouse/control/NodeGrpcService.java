package dev.gatehouse.control;

import com.google.protobuf.ByteString;
import dev.gatehouse.control.access.Access;
import dev.gatehouse.control.audit.AuditStore;
import dev.gatehouse.control.audit.ShippedBatch;
import dev.gatehouse.control.authority.MeshAuthority;
import dev.gatehouse.control.authority.WebAuthority;
import dev.gatehouse.control.distribution.NodeRegistry;
import dev.gatehouse.control.distribution.ResourceHub;
import dev.gatehouse.control.distribution.ResourceKind;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.identity.IssuedSvid;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.identity.TrustDomain;
import dev.gatehouse.proto.CertificateMapping;
import dev.gatehouse.proto.IdentityMapping;
import dev.gatehouse.proto.v1.AuditBatch;
import dev.gatehouse.proto.v1.AuditReceipt;
import dev.gatehouse.proto.v1.ClaimAdministratorReply;
import dev.gatehouse.proto.v1.ClaimAdministratorRequest;
import dev.gatehouse.proto.v1.IntrospectReply;
import dev.gatehouse.proto.v1.IntrospectRequest;
import dev.gatehouse.proto.v1.IssueSvidRequest;
import dev.gatehouse.proto.v1.IssueWebCertificateRequest;
import dev.gatehouse.proto.v1.NodeServiceGrpc;
import dev.gatehouse.proto.v1.Resource;
import dev.gatehouse.proto.v1.Svid;
import dev.gatehouse.proto.v1.WatchRequest;
import dev.gatehouse.proto.v1.WebCertificate;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What nodes ask of control. Only the product's own roles are answered; a workload's SVID opens nothing here. Methods block on the database. */
final class NodeGrpcService extends NodeServiceGrpc.NodeServiceImplBase {
    private final TrustDomain trustDomain;
    private final MeshAuthority mesh;
    private final WebAuthority web;
    private final Access access;
    private final Administration administration;
    private final ResourceHub hub;
    private final NodeRegistry nodes;
    private final AuditStore audit;

    NodeGrpcService(
            TrustDomain trustDomain,
            MeshAuthority mesh,
            WebAuthority web,
            Access access,
            Administration administration,
            ResourceHub hub,
            NodeRegistry nodes,
            AuditStore audit) {
        this.trustDomain = trustDomain;
        this.mesh = mesh;
        this.web = web;
        this.access = access;
        this.administration = administration;
        this.hub = hub;
        this.nodes = nodes;
        this.audit = audit;
    }

    @Override
    public void watch(WatchRequest request, StreamObserver<Resource> observer) {
        try {
            SpiffeId node = requireNode();
            ServerCallStreamObserver<Resource> stream = (ServerCallStreamObserver<Resource>) observer;
            nodes.streamBegan(node);
            hub.watch(kinds(request), stream, () -> nodes.streamEnded(node));
        } catch (RuntimeException e) {
            Calls.fail(observer, e);
        }
    }

    @Override
    public void issueSvid(IssueSvidRequest request, StreamObserver<Svid> observer) {
        Calls.answer(observer, () -> {
            SpiffeId node = requireNode();
            IssuedSvid svid = mesh.issue(node, request.getCsrDer().toByteArray());
            nodes.svidIssued(node, svid.notAfter());
            return CertificateMapping.toMessage(svid);
        });
    }

    @Override
    public void issueWebCertificate(IssueWebCertificateRequest request, StreamObserver<WebCertificate> observer) {
        Calls.answer(observer, () -> {
            SpiffeId node = requireNode();
            if (!NodeRole.of(node).equals(Optional.of(NodeRole.INGRESS))) {
                throw IdentityCause.IDENTITY_NOT_ISSUED
                        .with("peer", node.toString(), "detail", "the web certificate is for the ingress")
                        .asException();
            }
            return CertificateMapping.toWebMessage(web.issue(request.getCsrDer().toByteArray()));
        });
    }

    @Override
    public void introspect(IntrospectRequest request, StreamObserver<IntrospectReply> observer) {
        Calls.answer(observer, () -> {
            requireNode();
            return IdentityMapping.toMessage(access.introspect(IdentityMapping.fromMessage(request)));
        });
    }

    @Override
    public void claimAdministrator(
            ClaimAdministratorRequest request, StreamObserver<ClaimAdministratorReply> observer) {
        Calls.answer(observer, () -> {
            SpiffeId node = requireNode();
            if (!NodeRole.of(node).equals(Optional.of(NodeRole.FORGE))) {
                throw IdentityCause.PEER_NOT_ALLOWED
                        .with("peer", node.toString(), "service", "the first administrator's link")
                        .asException();
            }
            administration.claimAdministrator(request.getSecret(), request.getAccount(), request.getPassword());
            return ClaimAdministratorReply.getDefaultInstance();
        });
    }

    @Override
    public StreamObserver<AuditBatch> shipAudit(StreamObserver<AuditReceipt> observer) {
        return new AuditReceiver(Optional.ofNullable(ControlCallers.NODE.get()), observer);
    }

    private SpiffeId requireNode() {
        return requireRole(ControlCallers.requireNode());
    }

    private SpiffeId requireRole(SpiffeId caller) {
        if (!caller.trustDomain().equals(trustDomain) || NodeRole.of(caller).isEmpty()) {
            throw IdentityCause.PEER_NOT_ALLOWED
                    .with("peer", caller.toString(), "service", "control")
                    .asException();
        }
        return caller;
    }

    private static Set<ResourceKind> kinds(WatchRequest request) {
        if (request.getKindsList().isEmpty()) {
            return EnumSet.allOf(ResourceKind.class);
        }
        // A newer node may know kinds that this version does not: it goes without.
        Set<ResourceKind> kinds = EnumSet.noneOf(ResourceKind.class);
        request.getKindsList().forEach(label -> ResourceKind.parse(label).ifPresent(kinds::add));
        return kinds;
    }

    /** One node's stream of batches. gRPC calls it from one thread at a time. */
    private final class AuditReceiver implements StreamObserver<AuditBatch> {
        private final Optional<SpiffeId> caller;
        private final StreamObserver<AuditReceipt> observer;
        private boolean over;

        private AuditReceiver(Optional<SpiffeId> caller, StreamObserver<AuditReceipt> observer) {
            this.caller = caller;
            this.observer = observer;
        }

        @Override
        public void onNext(AuditBatch batch) {
            if (over) {
                return;
            }
            try {
                SpiffeId node = requireRole(caller.orElseThrow(
                        () -> IdentityCause.PEER_CERTIFICATE_MISSING.with().asException()));
                long storedThrough = audit.store(new ShippedBatch(
                        node.toString(),
                        batch.getJournal(),
                        batch.getFirstSequence(),
                        batch.getRecordsList().stream()
                                .map(ByteString::toByteArray)
                                .toList()));
                nodes.auditStored(node, storedThrough);
                observer.onNext(AuditReceipt.newBuilder()
                        .setStoredThroughSequence(storedThrough)
                        .build());
            } catch (RuntimeException e) {
                over = true;
                Calls.fail(observer, e);
            }
        }

        @Override
        public void onError(Throwable gone) {
            over = true;
        }

        @Override
        public void onCompleted() {
            if (!over) {
                over = true;
                observer.onCompleted();
            }
        }
    }
}
