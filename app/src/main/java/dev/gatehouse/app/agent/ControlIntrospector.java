package dev.gatehouse.app.agent;

import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.identity.Credential;
import dev.gatehouse.core.identity.CredentialIntrospector;
import dev.gatehouse.core.identity.Introspection;
import dev.gatehouse.proto.FailureMapping;
import dev.gatehouse.proto.IdentityMapping;
import dev.gatehouse.proto.v1.IntrospectReply;
import dev.gatehouse.proto.v1.NodeServiceGrpc;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Asks control over the node's channel. So many questions at once and no more; a question has a deadline. Safe for all threads. */
final class ControlIntrospector implements CredentialIntrospector {
    private static final int WAITING_MAX = 256;
    private static final long ANSWER_SECONDS_MAX = 10;

    private final Channel channel;
    private final Semaphore room = new Semaphore(WAITING_MAX);

    ControlIntrospector(Channel channel) {
        this.channel = channel;
    }

    @Override
    public CompletionStage<Introspection> introspect(Credential credential) {
        if (!room.tryAcquire()) {
            return CompletableFuture.completedFuture(
                    new Introspection.Inactive(IdentityCause.IDENTITY_CHECK_BUSY.with()));
        }
        CompletableFuture<Introspection> answer = new CompletableFuture<>();
        answer.whenComplete((value, error) -> room.release());
        NodeServiceGrpc.newStub(channel)
                .withDeadlineAfter(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .introspect(IdentityMapping.toMessage(credential), new Answered(answer));
        return answer;
    }

    /** Completes with whatever comes first; never exceptionally. */
    private record Answered(CompletableFuture<Introspection> answer) implements StreamObserver<IntrospectReply> {
        @Override
        public void onNext(IntrospectReply reply) {
            answer.complete(IdentityMapping.fromMessage(reply));
        }

        @Override
        public void onError(Throwable error) {
            answer.complete(new Introspection.Inactive(
                    FailureMapping.fromThrowable(error).orElseGet(IdentityCause.IDENTITY_CHECK_UNAVAILABLE::with)));
        }

        @Override
        public void onCompleted() {
            answer.complete(new Introspection.Inactive(IdentityCause.IDENTITY_CHECK_UNAVAILABLE.with()));
        }
    }
}
