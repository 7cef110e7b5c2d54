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
import dev.gatehouse.forge.MaintenanceRun;
import dev.gatehouse.git.MaintenanceStatus;
import dev.gatehouse.proto.FailureMapping;
import dev.gatehouse.proto.TimeMapping;
import dev.gatehouse.proto.v1.CreateRepositoryReply;
import dev.gatehouse.proto.v1.CreateRepositoryRequest;
import dev.gatehouse.proto.v1.ForgeOperatorServiceGrpc;
import dev.gatehouse.proto.v1.MaintainReply;
import dev.gatehouse.proto.v1.MaintainRequest;
import dev.gatehouse.proto.v1.RepositoryStorage;
import dev.gatehouse.proto.v1.StorageReply;
import dev.gatehouse.proto.v1.StorageRequest;
import dev.gatehouse.spool.Spool;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What an operator on the machine can have the forge do. Methods block. */
final class ForgeOperatorService extends ForgeOperatorServiceGrpc.ForgeOperatorServiceImplBase {
    private final Forge forge;
    private final Spool journal;

    ForgeOperatorService(Forge forge, Spool journal) {
        this.forge = forge;
        this.journal = journal;
    }

    @Override
    public void createRepository(CreateRepositoryRequest request, StreamObserver<CreateRepositoryReply> observer) {
        answer(observer, admin -> {
            forge.createRepository(name(request.getName()), operator(admin.actor()));
            return CreateRepositoryReply.getDefaultInstance();
        });
    }

    @Override
    public void maintain(MaintainRequest request, StreamObserver<MaintainReply> observer) {
        answer(observer, admin -> {
            RepositoryName name = name(request.getName());
            MaintenanceRun run = forge.maintain(name, operator(admin.actor()));
            return MaintainReply.newBuilder()
                    .setBefore(message(name, run.before()))
                    .setAfter(message(name, run.after()))
                    .build();
        });
    }

    @Override
    public void storage(StorageRequest request, StreamObserver<StorageReply> observer) {
        answer(observer, admin -> {
            StorageReply.Builder reply = StorageReply.newBuilder()
                    .setJournalAccepting(journal.accepting())
                    .setJournalUnshippedBytes(journal.status().unshippedBytes());
            forge.storage().forEach(stored -> reply.addRepositories(message(stored.name(), stored.status())));
            return reply.build();
        });
    }

    private static RepositoryStorage message(RepositoryName name, MaintenanceStatus status) {
        RepositoryStorage.Builder message = RepositoryStorage.newBuilder()
                .setName(name.toString())
                .setPacks(status.packs())
                .setLooseObjects(status.looseObjects())
                .setHasBitmap(status.hasBitmap())
                .setFailedMaintenances(status.failures());
        status.lastRun()
                .ifPresent(time -> message.setLastMaintenanceAt(TimeMapping.toMessage(time))
                        .setLastMaintenanceTook(TimeMapping.toMessage(status.lastDuration())));
        return message.build();
    }

    private static RepositoryName name(String text) {
        return RepositoryName.parse(text)
                .orElseThrow(() -> RepositoryCause.REPOSITORY_NAME_INVALID
                        .with("name", text, "detail", "it is not OWNER/NAME")
                        .asException());
    }

    private static <T> void answer(StreamObserver<T> observer, Function<AdminCaller, T> work) {
        T reply;
        try {
            reply = work.apply(Optional.ofNullable(ControlCallers.ADMIN.get())
                    .orElseThrow(() -> StartCause.NOT_PERMITTED
                            .with("path", "the operator service", "detail", "it is for the operator socket")
                            .asException()));
        } catch (RuntimeException e) {
            observer.onError(FailureMapping.toStatus(e));
            return;
        }
        observer.onNext(reply);
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
