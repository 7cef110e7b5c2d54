package dev.gatehouse.core.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.PolicyCause;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.core.trace.TraceId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailureTextTest {
    private static final Failure LONG =
            TrafficCause.INTERNAL.with("detail", "words and words ".repeat(60), "trace", "t");

    @Test
    void aFailureReadsAsWhatHappenedWhatToDoAndTheTrace() {
        Failure failure = PolicyCause.NOT_ALLOWED.with("principal", "bob", "action", "read", "resource", "demo/hello");
        assertThat(FailureText.text(failure, Optional.of(new TraceId(0, 1)))).isEqualTo("""
                        GATE-2002 bob may not read demo/hello: no rule allows it
                        what to do: ask an administrator for access, or use another identity
                        trace 00000000000000000000000000000001
                        """);
    }

    @Test
    void noLineIsTooLong() {
        assertThat(FailureText.lines(LONG, Optional.empty()))
                .hasSizeBetween(3, 6)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(200));
        assertThat(FailureText.oneLine(LONG)).hasSize(200).endsWith("…");
    }

    @Test
    void aFactCannotWriteToTheTerminalByItself() {
        Failure failure = TrafficCause.INTERNAL.with("detail", "a\u001b[31mred\r\nGATE-0000 fake\u202e", "trace", "t");
        assertThat(FailureText.oneLine(failure)).isEqualTo("GATE-5999 an error of ours: a?[31mred??GATE-0000 fake?");
    }
}
