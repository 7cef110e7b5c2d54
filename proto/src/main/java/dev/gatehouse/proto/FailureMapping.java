package dev.gatehouse.proto;

import dev.gatehouse.core.cause.Cause;
import dev.gatehouse.core.cause.Causes;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.proto.v1.FailureMessage;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import java.util.Optional;

/** Failures on the wire: a message of their own inside replies, and a gRPC status with that message as a trailer where a call fails. */
public final class FailureMapping {
    /** The trailer that carries the failure of a call. */
    public static final Metadata.Key<FailureMessage> TRAILER = Metadata.Key.of(
            "gatehouse-failure-bin", ProtoUtils.metadataMarshaller(FailureMessage.getDefaultInstance()));

    private FailureMapping() {}

    /** The failure as a message. */
    public static FailureMessage toMessage(Failure failure) {
        return FailureMessage.newBuilder()
                .setCode(failure.cause().code())
                .putAllFacts(failure.facts())
                .build();
    }

    /** The failure in {@code message}. A code of a newer version is shown as what it is: a cause that this version does not know. */
    public static Failure fromMessage(FailureMessage message) {
        return Causes.byCode(message.getCode())
                .map(cause -> new Failure(cause, message.getFactsMap()))
                .orElseGet(() -> TrafficCause.INTERNAL.with(
                        "detail", "control answered with the unknown cause " + message.getCode()));
    }

    /** The call's end for {@code failure}. */
    public static StatusRuntimeException toStatus(Failure failure) {
        Metadata trailers = new Metadata();
        trailers.put(TRAILER, toMessage(failure));
        return status(failure.cause())
                .withDescription(failure.cause().code() + " " + failure.message())
                .asRuntimeException(trailers);
    }

    /**
     * The call's end for anything thrown. What is not a failure is an error of ours: its text stays here, for it may hold anything.
     */
    public static StatusRuntimeException toStatus(Throwable thrown) {
        return switch (thrown) {
            case FailureException failed -> toStatus(failed.failure());
            case StatusRuntimeException status -> status;
            default ->
                toStatus(TrafficCause.INTERNAL.with("detail", thrown.getClass().getSimpleName()));
        };
    }

    /** The failure that ended a call; empty where the other side gave none: it was not reached, or is not ours. */
    public static Optional<Failure> fromThrowable(Throwable thrown) {
        return Optional.ofNullable(Status.trailersFromThrowable(thrown))
                .flatMap(trailers -> Optional.ofNullable(trailers.get(TRAILER)))
                .map(FailureMapping::fromMessage);
    }

    private static Status status(Cause cause) {
        int httpStatus = cause.definition().httpStatus();
        return switch (httpStatus) {
            case 401 -> Status.UNAUTHENTICATED;
            case 403 -> Status.PERMISSION_DENIED;
            case 404 -> Status.NOT_FOUND;
            case 409 -> Status.FAILED_PRECONDITION;
            case 429 -> Status.RESOURCE_EXHAUSTED;
            case 503 -> Status.UNAVAILABLE;
            case 504 -> Status.DEADLINE_EXCEEDED;
            default -> httpStatus < 500 ? Status.INVALID_ARGUMENT : Status.INTERNAL;
        };
    }
}
