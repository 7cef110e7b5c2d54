package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no well-behaved client sends: each has a clear answer, and none reaches the forge as something else. */
class BadInputTest {
    @TempDir
    static Path directory;

    private static Installation gatehouse;
    private static RawHttps raw;
    private static String alice;

    @BeforeAll
    static void start() {
        gatehouse = Installation.demo(directory);
        raw = new RawHttps(gatehouse.port());
        alice = authorization("alice", gatehouse.token("alice"));
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "/demo%2Fhello.git/info/refs?service=git-upload-pack",
                "/demo/%68ello.git/info/refs?service=git-upload-pack",
                "/demo/hello.git%00/info/refs?service=git-upload-pack",
                "/demo/hello.git%2Finfo/refs?service=git-upload-pack",
                "/demo/../demo/hello.git/info/refs?service=git-upload-pack",
                "/demo/./hello.git/info/refs?service=git-upload-pack",
                "//demo/hello.git/info/refs?service=git-upload-pack",
                "/demo//hello.git/info/refs?service=git-upload-pack",
                "/demo;x=1/hello.git/info/refs?service=git-upload-pack",
                "/demo/hello.git;/info/refs?service=git-upload-pack",
                "/Demo/hello.git/info/refs?service=git-upload-pack",
                "/demo/HELLO.git/info/refs?service=git-upload-pack",
                "/demo/hello.GIT/info/refs?service=git-upload-pack",
                "/demo/hello.git./info/refs?service=git-upload-pack",
                "/demo/hello./info/refs?service=git-upload-pack",
                "/demo/hello.git/info/refs/?service=git-upload-pack",
                "/demo\\hello.git/info/refs?service=git-upload-pack",
                "/demo/hello.git/info/refs?service=git-upload-pack#x",
            })
    void aPathThatTwoServersCouldReadDifferentlyIsRefused(String target) {
        String answer = raw.request("GET", target, alice, "");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("GATE-3");
        assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                .contains("gatehouse-trace: ")
                .contains("proxy-status: ");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void aRequestThatNamesItsServiceAmbiguouslyIsRefused(String method, String target) {
        assertThat(raw.request(method, target, alice, ""))
                .startsWith("HTTP/1.1 4")
                .contains("GATE-35");
    }

    static Stream<Arguments> aRequestThatNamesItsServiceAmbiguouslyIsRefused() {
        return Stream.of(
                Arguments.of("GET", "/demo/hello.git/info/refs?service=git-upload-pack&service=git-receive-pack"),
                Arguments.of("GET", "/demo/hello.git/info/refs?service=git-upload-pack&service=git-upload-pack"),
                Arguments.of("GET", "/demo/hello.git/info/refs?service=git-upload-archive"),
                Arguments.of("GET", "/demo/hello.git/info/refs"),
                Arguments.of("GET", "/demo/hello.git/HEAD"),
                Arguments.of("GET", "/demo/hello.git/objects/info/packs"),
                Arguments.of("POST", "/demo/hello.git/git-receive-pack?service=git-upload-pack"),
                Arguments.of("POST", "/demo/hello.git/git-upload-pack?service=git-upload-pack"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void smuggledFramingIsRefused(String what, String request) {
        String answer = raw.exchange(request.replace("HOST", "Host: 127.0.0.1:" + gatehouse.port())
                .replace("AUTH\r\n", alice)
                .getBytes(StandardCharsets.ISO_8859_1));

        assertThat(answer).as(what).startsWith("HTTP/1.1 4").contains("GATE-30");
        assertThat(answer.split("HTTP/1\\.1 ", -1))
                .as("one answer, no second request")
                .hasSize(2);
    }

    static Stream<Arguments> smuggledFramingIsRefused() {
        String post = "POST /demo/hello.git/git-upload-pack HTTP/1.1\r\nHOST\r\nAUTH\r\n";
        String get = "GET /demo/hello HTTP/1.1\r\nHOST\r\nAUTH\r\n";
        return Stream.of(
                Arguments.of(
                        "Content-Length with Transfer-Encoding",
                        post
                                + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n"),
                Arguments.of("two Content-Lengths", post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\n0000x"),
                Arguments.of("Content-Length with a sign", post + "Content-Length: +4\r\n\r\n0000"),
                Arguments.of(
                        "unknown Transfer-Encoding", post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
                Arguments.of("folded header", get + "X-A: b\r\n c\r\n\r\n"),
                Arguments.of("space before the colon", get + "X-A : b\r\n\r\n"),
                Arguments.of("header name with a control character", get + "X\u0001A: b\r\n\r\n"),
                Arguments.of("two Hosts", get + "Host: other.test\r\n\r\n"),
                Arguments.of("no Host", "GET /demo/hello HTTP/1.1\r\n\r\n"),
                Arguments.of("identity header listed in Connection", get + "Connection: gatehouse-assertion\r\n\r\n"),
                Arguments.of("an unknown expectation", post + "Expect: tea\r\nContent-Length: 0\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Gatehouse-Assertion: forged",
                "Gatehouse-Handover: caller=alice",
                "gatehouse_handover: caller=alice",
                "Gatehouse_Assertion: forged",
                "X-WEBAUTH-USER: alice",
                "X_WebAuth_User: alice",
                "X-Forwarded-User: alice",
                "Remote-User: alice",
            })
    void anIdentityThatAClientClaimsInAHeaderCountsForNothing(String header) {
        String answer = raw.request("GET", "/demo/hello.git/info/refs?service=git-upload-pack", header + "\r\n", "");

        assertThat(answer).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void headersBeyondTheLimitAreRefused() {
        String answer = raw.request("GET", "/demo/hello", alice + "X-Long: " + "a".repeat(200_000) + "\r\n", "");

        assertThat(answer).startsWith("HTTP/1.1 431 ").contains("GATE-3004");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aGitRequestThatIsNotTheProtocolIsAnsweredInTheProtocol(String body, String code) {
        String answer = raw.request(
                "POST",
                "/demo/hello.git/git-upload-pack",
                alice
                        + "Git-Protocol: version=2\r\nContent-Type: application/x-git-upload-pack-request\r\nContent-Length: "
                        + body.length() + "\r\n",
                body);

        assertThat(answer).contains(code);
    }

    static Stream<Arguments> aGitRequestThatIsNotTheProtocolIsAnsweredInTheProtocol() {
        return Stream.of(
                Arguments.of("zzzz", "GATE-3501"),
                Arguments.of("0003", "GATE-3501"),
                Arguments.of("fff5" + "a".repeat(100), "GATE-3502"),
                Arguments.of("0014command=destroy\n0000", "GATE-3506"),
                Arguments.of("0014command=ls-refs\n0019object-format=sha256\n0000", "GATE-3509"));
    }

    @Test
    void aGzipBombIsStopped() throws java.io.IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (java.util.zip.GZIPOutputStream gzip = new java.util.zip.GZIPOutputStream(bytes)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 600; i++) {
                gzip.write(zeros);
            }
        }
        java.io.ByteArrayOutputStream request = new java.io.ByteArrayOutputStream();
        request.write(
                ("POST /demo/hello.git/git-upload-pack HTTP/1.1\r\nHost: 127.0.0.1:" + gatehouse.port() + "\r\n" + alice
                                + "Content-Type: application/x-git-upload-pack-request\r\nContent-Encoding: gzip\r\nContent-Length: "
                                + bytes.size() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        bytes.writeTo(request);

        assertThat(raw.exchange(request.toByteArray())).containsPattern("GATE-3(011|501|502)");
    }

    @Test
    void twoAuthorizationHeadersAreRefused() {
        assertThat(raw.request("GET", "/demo/hello.git/info/refs?service=git-upload-pack", alice + alice, ""))
                .startsWith("HTTP/1.1 400 ")
                .contains("GATE-1006");
    }

    @Test
    void duplicateRefsInAPushAreRefused() {
        String zero = "0".repeat(40);
        String id = "1".repeat(40);
        String first = zero + " " + id + " refs/heads/x\0report-status side-band-64k";
        String second = zero + " " + id + " refs/heads/x";
        String body = "%04x%s%04x%s0000".formatted(first.length() + 4, first, second.length() + 4, second);

        assertThat(raw.request(
                        "POST",
                        "/demo/hello.git/git-receive-pack",
                        alice + "Content-Type: application/x-git-receive-pack-request\r\nContent-Length: "
                                + body.length() + "\r\n",
                        body))
                .contains("GATE-3504");
    }

    private static String authorization(String user, String token) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8)) + "\r\n";
    }
}
