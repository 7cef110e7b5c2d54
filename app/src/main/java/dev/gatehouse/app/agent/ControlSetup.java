package dev.gatehouse.app.agent;

import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.forge.page.SetupClaims;
import dev.gatehouse.proto.FailureMapping;
import dev.gatehouse.proto.v1.ClaimAdministratorRequest;
import dev.gatehouse.proto.v1.NodeServiceGrpc;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.TimeUnit;

/** Has control make the first administrator, over the forge's channel. Safe for all threads; it blocks. */
final class ControlSetup implements SetupClaims {
    private static final long ANSWER_SECONDS_MAX = 10;

    private final Channel channel;

    ControlSetup(Channel channel) {
        this.channel = channel;
    }

    @Override
    public void claim(String secret, String account, String password) {
        ClaimAdministratorRequest request = ClaimAdministratorRequest.newBuilder()
                .setSecret(secret)
                .setAccount(account)
                .setPassword(password)
                .build();
        try {
            NodeServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                    .claimAdministrator(request);
        } catch (StatusRuntimeException e) {
            throw FailureMapping.fromThrowable(e)
                    .map(failure -> failure.asException())
                    .orElseGet(() -> StartCause.CONTROL_UNREACHABLE
                            .with(
                                    "address",
                                    "control",
                                    "detail",
                                    e.getStatus().getCode().toString())
                            .asException());
        }
    }
}
