package dev.gatehouse.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the text, the reader answers; it never throws. */
class YamlFuzzTest {
    private static final int ROUNDS = 5_000;
    private static final int LENGTH_MAX = 60;
    private static final String ALPHABET =
            "ab01:: --[]{},&*!|>'\"#%@?~\\/xuU\n\n\n\t \u0000\u0085\u2028\ufeffé\ud834\udd1e%YAML.";

    @FuzzTest
    void any_text_is_answered(FuzzedDataProvider data) {
        read(data.consumeRemainingAsString());
    }

    @Test
    void random_text_is_answered() {
        Random random = new Random(11);
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(LENGTH_MAX); length > 0; length--) {
                text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            read(text.toString());
        }
    }

    private static void read(String text) {
        switch (new YamlReader(YamlLimits.DEFAULT).read("x.yaml", text)) {
            case YamlReading.Read read -> assertThat(read.root().line()).isPositive();
            case YamlReading.Unreadable unreadable -> {
                assertThat(unreadable.problem().line()).isPositive();
                assertThat(unreadable.problem().column()).isPositive();
                assertThat(unreadable.problem().message()).isNotBlank();
            }
        }
    }
}
