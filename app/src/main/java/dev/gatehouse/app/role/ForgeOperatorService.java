package dev.gatehouse.app.role;

import dev.gatehouse.control.AdminCaller;
import dev.gatehouse.control.ControlCallers;
import dev.gatehouse.core.cause.RepositoryCause;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.identity.AuthenticationMethod;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.forge.Forge;
import dev.gatehouse.proto.FailureMapping;
import dev.gatehouse.proto.v1.CreateRepositoryReply;
import dev.gatehouse.proto.v1.CreateRepositoryRequest;
import dev.gatehouse.proto.v1.ForgeOperatorServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What an operator on the machine can have the forge do. Methods block. */
final class ForgeOperatorService extends ForgeOperatorServiceGrpc.ForgeOperatorServiceImplBase {
    private final Forge forge;

    ForgeOperatorService(Forge forge) {
        this.forge = forge;
    }

    @Override
    public void createRepository(CreateRepositoryRequest request, StreamObserver<CreateRepositoryReply> observer) {
        try {
            AdminCaller admin = Optional.ofNullable(ControlCallers.ADMIN.get())
                    .orElseThrow(() -> StartCause.NOT_PERMITTED
                            .with("path", "the operator service", "detail", "it is for the operator socket")
                            .asException());
            RepositoryName name = RepositoryName.parse(request.getName())
                    .orElseThrow(() -> RepositoryCause.REPOSITORY_NAME_INVALID
                            .with("name", request.getName(), "detail", "it is not OWNER/NAME")
                            .asException());
            forge.createRepository(name, operator(admin.actor()));
        } catch (RuntimeException e) {
            observer.onError(FailureMapping.toStatus(e));
            return;
        }
        observer.onNext(CreateRepositoryReply.getDefaultInstance());
        observer.onCompleted();
    }

    /** Who operates the machine, as a caller. */
    static Caller operator(String actor) {
        return new Caller(
                new Principal.Person("machine", actor, actor, Set.of()),
                AuthenticationMethod.ADMIN_SOCKET,
                actor,
                Instant.MAX);
    }
}
