package dev.gatehouse.core.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {
    static Stream<Arguments> facts() {
        return Stream.of(
                Arguments.of("plain", "demo/hello", "demo/hello"),
                Arguments.of("not ASCII, yet harmless", "élan 𝄞 漢字", "élan 𝄞 漢字"),
                Arguments.of("escape sequence", "a\u001b[31mred", "a?[31mred"),
                Arguments.of("eight-bit escape", "a\u009b31m", "a?31m"),
                Arguments.of("line feed", "a\nremote: b", "a?remote: b"),
                Arguments.of("carriage return", "a\rb", "a?b"),
                Arguments.of("tab and delete", "a\tb\u007f", "a?b?"),
                Arguments.of("nothing character", "a\0b", "a?b"),
                Arguments.of("right-to-left override", "a\u202egnp.exe", "a?gnp.exe"),
                Arguments.of("isolate", "a\u2066b\u2069", "a?b?"),
                Arguments.of("zero-width joiner", "a\u200db", "a?b"),
                Arguments.of("line and paragraph separators", "a\u2028b\u2029c", "a?b?c"),
                Arguments.of("half a character", "a\ud800b", "a?b"),
                Arguments.of("unassigned", "a\uffffb", "a?b"),
                Arguments.of("at the limit", "x".repeat(512), "x".repeat(512)),
                Arguments.of("over the limit", "x".repeat(513), "x".repeat(512) + "…"),
                Arguments.of("a character cut in two by the limit", "x".repeat(511) + "𝄞", "x".repeat(511) + "…"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("facts")
    void no_fact_can_write_to_a_terminal_by_itself(String what, String given, String shown) {
        assertThat(RequestCause.NOT_FOUND.with("path", given).message())
                .as(what)
                .isEqualTo("there is nothing at " + shown);
    }

    @Test
    void a_fact_is_not_read_as_a_template() {
        assertThat(PolicyCause.NOT_ALLOWED
                        .with("principal", "{action}", "action", "read", "resource", "{resource}")
                        .message())
                .isEqualTo("{action} may not read {resource}: no rule allows it");
    }

    @Test
    void a_missing_fact_shows_as_a_question_mark() {
        assertThat(RequestCause.NOT_FOUND.with().message()).isEqualTo("there is nothing at ?");
    }

    @Test
    void a_rule_s_own_remedy_comes_before_that_of_the_catalogue() {
        assertThat(PolicyCause.FORBIDDEN_BY_RULE
                        .with("remedy", "push elsewhere")
                        .remedy())
                .isEqualTo("push elsewhere");
        assertThat(PolicyCause.FORBIDDEN_BY_RULE.with("remedy", " ").remedy())
                .isEqualTo("ask the owners of the policy; see: gatehouse explain");
    }

    @Test
    void facts_keep_their_order_and_cannot_be_changed() {
        Failure failure = PolicyCause.NOT_ALLOWED.with("principal", "a", "action", "b", "resource", "c");

        assertThat(failure.facts())
                .containsExactly(Map.entry("principal", "a"), Map.entry("action", "b"), Map.entry("resource", "c"));
        assertThatThrownBy(() -> failure.facts().put("x", "y")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_fact_without_a_value_is_an_error_of_ours() {
        assertThatThrownBy(() -> PolicyCause.NOT_ALLOWED.with("principal"))
                .hasMessage("a fact without a value: principal");
    }
}
