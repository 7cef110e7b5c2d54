package dev.gatehouse.control.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.SecureRandom;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AccessTokenTest {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private final AccessToken token = AccessToken.random(new SecureRandom());

    @Test
    void aTokenIsReadBack() {
        assertThat(token.secret()).matches("gate_[0-9A-Za-z]{33}");
        assertThat(AccessToken.parse(token.secret()).map(AccessToken::secret)).contains(token.secret());
    }

    @Test
    void itsSecretIsNotInItsText() {
        assertThat(token.toString()).isEqualTo("gate_…");
    }

    @Test
    void everySingleTypingErrorIsFound() {
        String secret = token.secret();
        for (int i = 0; i < secret.length(); i++) {
            for (int j = 0; j < ALPHABET.length(); j++) {
                char c = ALPHABET.charAt(j);
                if (c != secret.charAt(i)) {
                    String mistyped = secret.substring(0, i) + c + secret.substring(i + 1);
                    assertThat(AccessToken.parse(mistyped)).as(mistyped).isEmpty();
                }
            }
        }
    }

    static Stream<String> notTokens() {
        String good = AccessToken.random(new SecureRandom()).secret();
        return Stream.of(
                "",
                "gate_",
                good.substring(1),
                good.substring(0, good.length() - 1),
                good + "0",
                good + "\n",
                " " + good,
                good.toUpperCase(java.util.Locale.ROOT),
                good.replaceFirst("gate_", "gata_"),
                good.substring(0, 20) + "é" + good.substring(21),
                "gate_" + "0".repeat(33) + "\0");
    }

    @ParameterizedTest
    @MethodSource("notTokens")
    void whatIsNoTokenIsRefused(String text) {
        assertThat(AccessToken.parse(text)).isEmpty();
    }

    @Test
    void randomTextNeverParsesAndNeverThrows() {
        Random random = new Random(62);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            String text = "gate_" + new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(AccessToken.parse(text)).isEmpty();
        }
    }

    @FuzzTest
    void whateverParsesIsWrittenTheSame(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        AccessToken.parse(text).ifPresent(parsed -> assertThat(parsed.secret()).isEqualTo(text));
        PasswordHash.parse(text)
                .ifPresent(parsed -> assertThat(parsed.encoded()).isEqualTo(text));
    }
}
