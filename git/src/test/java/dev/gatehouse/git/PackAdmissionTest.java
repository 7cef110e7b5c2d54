package dev.gatehouse.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.cause.FailureException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PackAdmissionTest {
    @Test
    void aPlaceThatIsGivenBackIsGivenAgain() {
        PackAdmission admission = new PackAdmission(1, 0, Duration.ofMillis(1));
        admission.enter(() -> {}).close();
        admission.enter(() -> {}).close();
        assertThat(admission).isNotNull();
    }

    @Test
    void aFullQueueIsBusyAtOnce() {
        PackAdmission admission = new PackAdmission(1, 0, Duration.ofDays(1));
        try (PackAdmission.Place taken = admission.enter(() -> {})) {
            assertThatThrownBy(() -> admission.enter(() -> {}))
                    .isInstanceOf(FailureException.class)
                    .hasMessageContaining("GATE-4030");
        }
    }

    @Test
    void whoWaitsTooLongIsToldSo() {
        PackAdmission admission = new PackAdmission(1, 1, Duration.ofMillis(1));
        try (PackAdmission.Place taken = admission.enter(() -> {})) {
            assertThatThrownBy(() -> admission.enter(() -> {}))
                    .isInstanceOf(FailureException.class)
                    .hasMessageContaining("no turn within");
        }
    }
}
