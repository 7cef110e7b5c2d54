package dev.gatehouse.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    private static final int ROUNDS = 100_000;

    @ParameterizedTest
    @CsvSource({
        "refs/heads/main, refs/heads/main, true",
        "refs/heads/main, refs/heads/main2, false",
        "refs/heads/*, refs/heads/main, true",
        "refs/heads/*, refs/heads/a/b, false",
        "refs/heads/**, refs/heads/a/b, true",
        "refs/heads/**, refs/tags/a, false",
        "refs/heads/release-*, refs/heads/release-, true",
        "refs/**/x, refs/heads/a/x, true",
        "refs/**/x, refs/x, false",
        "refs/*/v*1*, refs/tags/v0.1.1, true",
        "refs/heads/*/fix, refs/heads/a/b/fix, false",
        "**, refs/heads/a, true",
    })
    void a_star_stays_within_a_segment_and_two_do_not(String glob, String name, boolean expected) {
        assertThat(Glob.of(glob).matches(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "**, refs/*, true",
        "refs/heads/**, refs/heads/*, true",
        "refs/heads/*, refs/heads/**, false",
        "*/*, **, false",
        "refs/*/*, refs/**, false",
        "refs/heads/*, refs/heads/v*, true",
        "refs/heads/v*, refs/heads/*, false",
        "refs/*/x, refs/heads/x, true",
    })
    void a_glob_covers_another_only_where_it_matches_all_of_it(String wide, String narrow, boolean expected) {
        assertThat(Glob.of(wide).covers(Glob.of(narrow))).isEqualTo(expected);
    }

    @Test
    void matching_agrees_with_regular_expressions_and_covering_with_matching() {
        Random random = new Random(42);
        for (int i = 0; i < ROUNDS; i++) {
            String glob = word(random, "ab/**");
            String other = word(random, "ab/**");
            String name = word(random, "ab/");

            boolean matches = Glob.of(glob).matches(name);
            assertThat(matches).as("%s on %s", glob, name).isEqualTo(NaiveEvaluator.matches(glob, name));
            if (Glob.of(glob).covers(Glob.of(other)) && Glob.of(other).matches(name)) {
                assertThat(matches)
                        .as("%s covers %s, which matches %s", glob, other, name)
                        .isTrue();
            }
        }
    }

    private static String word(Random random, String alphabet) {
        StringBuilder word = new StringBuilder();
        int length = random.nextInt(8);
        for (int i = 0; i < length; i++) {
            word.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return word.toString();
    }
}
