package dev.gatehouse.proxy.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.identity.Credential;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AuthorizationHeaderTest {

    static Stream<Arguments> presented() {
        return Stream.of(
                Arguments.of("token as password", basic("alice:ght_x"), new Credential.Basic("alice", "ght_x")),
                Arguments.of("any user name", basic("../:ght_x"), new Credential.Basic("../", "ght_x")),
                Arguments.of("no user name", basic(":ght_x"), new Credential.Basic("", "ght_x")),
                Arguments.of("colons in the password", basic("a:b:c"), new Credential.Basic("a", "b:c")),
                Arguments.of("beyond ASCII", basic("zoë:pässword"), new Credential.Basic("zoë", "pässword")),
                Arguments.of("token as name", basic("ght_x:"), new Credential.Bearer("ght_x")),
                Arguments.of("GitHub's old form", basic("ght_x:x-oauth-basic"), new Credential.Bearer("ght_x")),
                Arguments.of("bearer", "Bearer ght_x", new Credential.Bearer("ght_x")),
                Arguments.of("scheme in any case", "bEARER  ght_x ", new Credential.Bearer("ght_x")),
                Arguments.of("a JWT", "Bearer aa.bb-_.c~+/==", new Credential.Bearer("aa.bb-_.c~+/==")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("presented")
    void reads(String what, String header, Credential expected) {
        assertThat(AuthorizationHeader.parse(List.of(header))).isEqualTo(new AuthorizationHeader.Presented(expected));
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("", "it has no scheme, or nothing after it"),
                Arguments.of("Basic", "it has no scheme, or nothing after it"),
                Arguments.of("Basic ", "it has no scheme, or nothing after it"),
                Arguments.of("Digest username=alice", "its scheme is neither Basic nor Bearer"),
                Arguments.of("Negotiate abc", "its scheme is neither Basic nor Bearer"),
                Arguments.of("Basic !!!!", "it is not valid base64"),
                Arguments.of("Basic YWxpY2U6eA= =", "it is not valid base64"),
                Arguments.of(basic("no colon"), "it has no colon between name and password"),
                Arguments.of(basic("alice:a\u0000b"), "it has control characters"),
                Arguments.of(basic("alice:a\r\nX-User: root"), "it has control characters"),
                Arguments.of(basic("a\u0085:b"), "it has control characters"),
                Arguments.of("Basic " + encode(new byte[] {'a', ':', (byte) 0xff}), "it is not valid UTF-8"),
                Arguments.of(basic("a:" + "x".repeat(64 * 1024)), "it exceeds 4096 bytes"),
                Arguments.of(basic("a:" + "x".repeat(1025)), "the password exceeds 1024 characters"),
                Arguments.of(basic("a".repeat(257) + ":x"), "the name exceeds 256 characters"),
                Arguments.of(basic("a".repeat(1025) + ":"), "the token exceeds 1024 characters"),
                Arguments.of("Bearer " + "x".repeat(1025), "the token exceeds 1024 characters"),
                Arguments.of("Bearer a b", "the token has characters that no token has"),
                Arguments.of("Bearer a,b", "the token has characters that no token has"),
                Arguments.of(basic("al ice:"), "the token has characters that no token has"),
                Arguments.of("Bearer =", "the token has characters that no token has"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refuses(String header, String detail) {
        assertThat(AuthorizationHeader.parse(List.of(header)))
                .isEqualTo(new AuthorizationHeader.Malformed(
                        IdentityCause.MALFORMED_AUTHORIZATION.with("detail", detail)));
    }

    @Test
    void refusesTwoHeadersEvenWhereTheyAreEqual() {
        assertThat(AuthorizationHeader.parse(List.of("Bearer a", "Bearer a")))
                .isEqualTo(new AuthorizationHeader.Malformed(
                        IdentityCause.MALFORMED_AUTHORIZATION.with("detail", "it was sent 2 times")));
    }

    @Test
    void takesNoHeaderAndAnEmptyPairForNoCredential() {
        assertThat(AuthorizationHeader.parse(List.of())).isInstanceOf(AuthorizationHeader.None.class);
        assertThat(AuthorizationHeader.parse(List.of(basic(":")))).isInstanceOf(AuthorizationHeader.None.class);
    }

    @Test
    void neverShowsASecret() {
        String shown = List.of(
                        AuthorizationHeader.parse(List.of(basic("alice:hunter2"))),
                        AuthorizationHeader.parse(List.of("Bearer hunter2")),
                        AuthorizationHeader.parse(List.of("Bearer hunter2 hunter2")))
                .toString();
        assertThat(shown).doesNotContain("hunter2");
    }

    @Test
    void answersForEveryInput() {
        Random random = new Random(20260301);
        String[] schemes = {"Basic ", "Bearer ", "basic  ", "", "Basic", "B "};
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            String tail = random.nextBoolean() ? encode(bytes) : new String(bytes, StandardCharsets.ISO_8859_1);
            holds(schemes[random.nextInt(schemes.length)] + tail);
        }
    }

    @FuzzTest
    void neverThrows(FuzzedDataProvider data) {
        holds(data.consumeRemainingAsString());
    }

    private static void holds(String header) {
        switch (AuthorizationHeader.parse(List.of(header))) {
            case AuthorizationHeader.None none -> {}
            case AuthorizationHeader.Malformed malformed ->
                assertThat(malformed.failure().cause()).isEqualTo(IdentityCause.MALFORMED_AUTHORIZATION);
            case AuthorizationHeader.Presented(Credential.Bearer bearer) ->
                assertThat(bearer.token()).hasSizeBetween(1, 1024);
            case AuthorizationHeader.Presented(Credential.Basic basic) ->
                assertThat(basic.username() + basic.secret()).doesNotContainPattern("\\p{Cntrl}");
        }
    }

    private static String basic(String pair) {
        return "Basic " + encode(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
