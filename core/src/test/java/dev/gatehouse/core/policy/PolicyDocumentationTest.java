package dev.gatehouse.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example of {@code docs/policy.md} does what the page says. */
class PolicyDocumentationTest {
    private String page = "";
    private String example = "";

    @BeforeEach
    void readPage() throws IOException {
        page = Files.readString(Path.of(System.getProperty("gatehouse.checkout", ".."), "docs", "policy.md"));
        int start = page.indexOf("```yaml\n") + "```yaml\n".length();
        example = page.substring(start, page.indexOf("```", start));
    }

    @Test
    void the_example_gives_no_warning() {
        assertThat(PolicyFixture.compilation(example))
                .isInstanceOfSatisfying(
                        PolicyCompilation.Compiled.class,
                        compiled -> assertThat(compiled.warnings()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "alice, read, demo/hello, true",
        "alice, push, demo/hello refs/heads/topic, true",
        "alice, push, demo/hello refs/heads/main, false",
        "bob, read, demo/hello, true",
        "bob, push, demo/hello refs/heads/topic, false",
        "mallory, read, demo/hello, false",
    })
    void the_example_decides_as_the_page_says(String who, String what, String resource, boolean permitted) {
        Decision decision = PolicyFixture.compile(example)
                .decide(PolicyFixture.question(
                        PolicyFixture.user(who), Action.parse(what).orElseThrow(), resource));

        assertThat(decision instanceof Permit).isEqualTo(permitted);
    }

    @Test
    void the_refusal_on_the_page_is_the_one_that_is_shown() {
        Decision decision = PolicyFixture.compile(example)
                .decide(PolicyFixture.question(PolicyFixture.user("alice"), Action.PUSH, "demo/hello refs/heads/main"));

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(page)
                                .contains("\n" + refusal.failure().cause().code() + " "
                                        + refusal.failure().message() + "\n"));
    }

    @Test
    void the_workload_reads() {
        assertThat(PolicyFixture.compile(example)
                        .decide(PolicyFixture.question(PolicyFixture.workload("ci-runner"), Action.READ, "demo/hello")))
                .isInstanceOf(Permit.class);
    }
}
