package dev.gatehouse.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the text, the compiler answers; it never throws, and never rejects without saying where. */
class PolicyFuzzTest {
    private static final int ROUNDS = 5_000;
    private static final String MARKS = "{}[]:,-&*!|>'\"#%@`\n\t ~\\/\u0000\u0085\u2028é𝄞\uD800";

    @FuzzTest
    void any_text_is_answered(FuzzedDataProvider data) {
        compile(data.consumeRemainingAsString());
    }

    @Test
    void a_damaged_policy_is_answered() {
        Random random = new Random(7);
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder(PolicyFixture.DEMO);
            for (int damages = 1 + random.nextInt(4); damages > 0; damages--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.setCharAt(at, MARKS.charAt(random.nextInt(MARKS.length())));
                    case 1 -> text.insert(at, MARKS.charAt(random.nextInt(MARKS.length())));
                    case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(20)));
                    default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(60))));
                }
            }
            compile(text.toString());
        }
    }

    private static void compile(String text) {
        switch (PolicyFixture.compilation(text)) {
            case PolicyCompilation.Compiled compiled ->
                assertThat(compiled.policy().rules()).isNotEmpty();
            case PolicyCompilation.Rejected rejected ->
                assertThat(rejected.problems()).isNotEmpty().allSatisfy(problem -> {
                    assertThat(problem.line()).isPositive();
                    assertThat(problem.column()).isPositive();
                    assertThat(problem.message()).isNotBlank();
                });
        }
    }
}
