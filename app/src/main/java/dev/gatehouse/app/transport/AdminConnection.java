package dev.gatehouse.app.transport;

import dev.gatehouse.app.data.DataFolder;
import dev.gatehouse.app.data.RuntimeFolder;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.proto.FailureMapping;
import dev.gatehouse.proto.v1.AdminServiceGrpc;
import dev.gatehouse.proto.v1.CreateRepositoryRequest;
import dev.gatehouse.proto.v1.ForgeOperatorServiceGrpc;
import dev.gatehouse.proto.v1.MaintainReply;
import dev.gatehouse.proto.v1.MaintainRequest;
import dev.gatehouse.proto.v1.StorageReply;
import dev.gatehouse.proto.v1.StorageRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** A command's connection to the running instance of a data folder, as the same user. Belongs to one thread. */
public final class AdminConnection implements AutoCloseable {
    private static final long CALL_SECONDS_MAX = 30;
    private static final long MAINTENANCE_HOURS_MAX = 6;
    private static final long CLOSE_MILLIS_MAX = 500;

    private final DataFolder data;
    private final MultiThreadIoEventLoopGroup eventLoop;
    private final ManagedChannel channel;

    private AdminConnection(DataFolder data, Path socket) {
        this.data = data;
        this.eventLoop = DomainSockets.eventLoop("admin-client");
        this.channel = NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toString()))
                .channelType(EpollDomainSocketChannel.class, DomainSocketAddress.class)
                .eventLoopGroup(eventLoop)
                .usePlaintext()
                .build();
    }

    /**
     * Opens it.
     *
     * @throws FailureException with {@code NOT_RUNNING} where no instance listens
     */
    public static AdminConnection open(DataFolder data) {
        return open(data, RuntimeFolder::adminSocket);
    }

    /**
     * Opens one to the forge instead.
     *
     * @throws FailureException with {@code NOT_RUNNING} where no forge listens
     */
    public static AdminConnection openForge(DataFolder data) {
        return open(data, RuntimeFolder::forgeOperatorSocket);
    }

    private static AdminConnection open(DataFolder data, Function<RuntimeFolder, Path> which) {
        Path socket = RuntimeFolder.find(data).map(which).filter(Files::exists).orElseThrow(() -> notRunning(data));
        return new AdminConnection(data, socket);
    }

    /** Makes an empty repository; for a connection to the forge. */
    public void createRepository(RepositoryName name) {
        attempt(() -> ForgeOperatorServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(CALL_SECONDS_MAX, TimeUnit.SECONDS)
                .createRepository(CreateRepositoryRequest.newBuilder()
                        .setName(name.toString())
                        .build()));
    }

    /**
     * Has one repository tidied, and waits for it; for a connection to the forge.
     *
     * @throws FailureException with the cause that the forge gave
     */
    public MaintainReply maintain(RepositoryName name) {
        return attempt(() -> ForgeOperatorServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(MAINTENANCE_HOURS_MAX, TimeUnit.HOURS)
                .maintain(MaintainRequest.newBuilder().setName(name.toString()).build()));
    }

    /** How repositories are stored; for a connection to the forge. */
    public StorageReply storage() {
        return attempt(() -> ForgeOperatorServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(CALL_SECONDS_MAX, TimeUnit.SECONDS)
                .storage(StorageRequest.getDefaultInstance()));
    }

    /**
     * Calls control, and turns what it answers into a reply or a failure.
     *
     * @throws FailureException with the cause that control gave
     */
    public <T> T call(Function<AdminServiceGrpc.AdminServiceBlockingStub, T> call) {
        return attempt(() -> call.apply(
                AdminServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS_MAX, TimeUnit.SECONDS)));
    }

    /** The same for a call that goes on until one side ends it. */
    public <T> T follow(Function<AdminServiceGrpc.AdminServiceBlockingStub, T> call) {
        return attempt(() -> call.apply(AdminServiceGrpc.newBlockingStub(channel)));
    }

    private <T> T attempt(Supplier<T> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException e) {
            throw FailureMapping.fromThrowable(e)
                    .map(failure -> failure.asException())
                    .orElseGet(() -> unanswered(e));
        }
    }

    private FailureException unanswered(StatusRuntimeException e) {
        return switch (e.getStatus().getCode()) {
            case UNAVAILABLE -> notRunning(data);
            default ->
                StartCause.CONTROL_UNREACHABLE
                        .with(
                                "address",
                                data.root().toString(),
                                "detail",
                                e.getStatus().toString())
                        .asException();
        };
    }

    private static FailureException notRunning(DataFolder data) {
        return StartCause.NOT_RUNNING.with("path", data.root().toString()).asException();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        eventLoop.shutdownGracefully(0, CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS);
    }
}
