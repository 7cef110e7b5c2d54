package dev.gatehouse.proto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.cause.Cause;
import dev.gatehouse.core.cause.Causes;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.proto.v1.FailureMessage;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.Test;

class FailureMappingTest {
    @Test
    void everyFailureComesBackAsItWas() {
        for (Cause cause : Causes.all()) {
            Failure failure = cause.with("principal", "alice", "detail", "line one\nline two");
            assertThat(FailureMapping.fromThrowable(FailureMapping.toStatus(failure)))
                    .contains(failure);
            assertThat(FailureMapping.toStatus(failure).getStatus().getCode()).isNotEqualTo(Status.Code.OK);
        }
    }

    @Test
    void anotherServersErrorIsNoFailureOfOurs() {
        assertThat(FailureMapping.fromThrowable(new StatusRuntimeException(Status.UNAVAILABLE)))
                .isEmpty();
        assertThat(FailureMapping.fromThrowable(new IllegalStateException("x"))).isEmpty();
    }

    @Test
    void aCauseOfANewerVersionIsShownAsUnknown() {
        Failure failure = FailureMapping.fromMessage(
                FailureMessage.newBuilder().setCode("GATE-9876").build());
        assertThat(failure.cause()).isEqualTo(TrafficCause.INTERNAL);
        assertThat(failure.message()).contains("GATE-9876");
    }

    @Test
    void theTextOfABugStaysOnItsSide() {
        assertThat(FailureMapping.toStatus(new IllegalStateException("secret")).getMessage())
                .doesNotContain("secret");
    }
}
