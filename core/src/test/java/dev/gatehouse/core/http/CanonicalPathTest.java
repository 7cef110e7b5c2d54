package dev.gatehouse.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/-/",
                "/demo/hello.git/info/refs",
                "/demo/hello/src/App.java",
                "/demo/hello/src/a%20b%2Bc",
                "/demo/hello/src/%C3%A9t%C3%A9.md",
                "/demo/hello/..."
            })
    void aCanonicalPathIsTakenAsItIs(String path) {
        assertThat(CanonicalPath.parse(path))
                .isEqualTo(new RequestTarget.Canonical(new CanonicalPath(path), Optional.empty()));
    }

    @Test
    void theQueryIsCutOffAndKeptAsItIs() {
        assertThat(CanonicalPath.parse("/a?b=c%2F&d=?"))
                .isEqualTo(new RequestTarget.Canonical(new CanonicalPath("/a"), Optional.of("b=c%2F&d=?")));
    }

    static Stream<Arguments> notCanonical() {
        return Stream.of(
                Arguments.of("", "it does not start with a slash"),
                Arguments.of("*", "it does not start with a slash"),
                Arguments.of("http://host/demo", "it does not start with a slash"),
                Arguments.of("demo/hello.git", "it does not start with a slash"),
                Arguments.of("//demo/hello.git", "it has a double slash"),
                Arguments.of("/demo//hello.git", "it has a double slash"),
                Arguments.of("/demo/hello.git//", "it has a double slash"),
                Arguments.of("/demo/../hello.git", "it has a dot segment"),
                Arguments.of("/demo/./hello.git", "it has a dot segment"),
                Arguments.of("/demo/..", "it has a dot segment"),
                Arguments.of("/..", "it has a dot segment"),
                Arguments.of("/demo/hello.git;x=y/info/refs", "it has ; in it"),
                Arguments.of("/demo/..;/hello.git", "it has ; in it"),
                Arguments.of("/demo\\hello.git", "it has \\ in it"),
                Arguments.of("/demo/hello.git#x", "it has # in it"),
                Arguments.of("/demo/hel lo.git", "it has the byte 0x20 in it"),
                Arguments.of("/demo/hello\0.git", "it has the byte 0x00 in it"),
                Arguments.of("/demo/hello\r\n", "it has the byte 0x0D in it"),
                Arguments.of("/demo/h\u00e9llo.git", "it has the byte 0xE9 in it"),
                Arguments.of("/demo%2Fhello.git", "it has % in its first two segments"),
                Arguments.of("/demo/%2E%2E/hello.git", "it has % in its first two segments"),
                Arguments.of("/demo/hello%00.git", "it has % in its first two segments"),
                Arguments.of("/demo/hello%2egit/info/refs", "it has % in its first two segments"),
                Arguments.of("/demo/hello/a%2Fb", "it escapes what must not be escaped: %2F"),
                Arguments.of("/demo/hello/%2E%2E", "it escapes what must not be escaped: %2E"),
                Arguments.of("/demo/hello/%5C", "it escapes what must not be escaped: %5C"),
                Arguments.of("/demo/hello/%3B", "it escapes what must not be escaped: %3B"),
                Arguments.of("/demo/hello/%252F", "it escapes what must not be escaped: %25"),
                Arguments.of("/demo/hello/%00", "it escapes what must not be escaped: %00"),
                Arguments.of("/demo/hello/%0A", "it escapes what must not be escaped: %0A"),
                Arguments.of("/demo/hello/%7F", "it escapes what must not be escaped: %7F"),
                Arguments.of("/demo/hello/%41", "it escapes what must not be escaped: %41"),
                Arguments.of("/demo/hello/%c3%a9", "a % is not followed by two upper-case hex digits"),
                Arguments.of("/demo/hello/%", "a % is not followed by two upper-case hex digits"),
                Arguments.of("/demo/hello/%2", "a % is not followed by two upper-case hex digits"),
                Arguments.of("/demo/hello/%G0", "a % is not followed by two upper-case hex digits"),
                Arguments.of("/demo/hello/%C0%AF", "its escapes are not UTF-8"),
                Arguments.of("/demo/hello/%FF", "its escapes are not UTF-8"),
                Arguments.of("/demo/hello/%C2%85", "it escapes a control character"),
                Arguments.of("/demo?a b", "the query has the byte 0x20 in it"),
                Arguments.of("/demo?a#b", "the query has # in it"),
                Arguments.of("/" + "a".repeat(8192), "it is longer than 8192 bytes"));
    }

    @ParameterizedTest
    @MethodSource("notCanonical")
    void whatTwoServersCouldReadDifferentlyIsRefused(String target, String complaint) {
        RequestTarget parsed = CanonicalPath.parse(target);
        assertThat(parsed).isInstanceOf(RequestTarget.NotCanonical.class);
        assertThat(((RequestTarget.NotCanonical) parsed).failure().message())
                .isEqualTo("the path is not in canonical form: " + complaint);
    }

    @Test
    void randomTargetsAreTakenUnchangedOrRefused() {
        Random random = new Random(20260102);
        String alphabet = "/ab.%2FE;\\?#\0\u00e9-";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder target = new StringBuilder("/");
            for (int i = random.nextInt(12); i > 0; i--) {
                target.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertTakenUnchangedOrRefused(target.toString());
        }
    }

    static void assertTakenUnchangedOrRefused(String target) {
        if (CanonicalPath.parse(target)
                instanceof RequestTarget.Canonical(CanonicalPath path, Optional<String> query)) {
            assertThat(path.value() + query.map(q -> "?" + q).orElse("")).isEqualTo(target);
            assertThat(path.segments()).doesNotContain("", ".", "..");
        }
    }
}
