package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.exchange.Upstream;
import dev.gatehouse.proxy.testing.NoLeaks;
import dev.gatehouse.proxy.testing.OpenForward;
import dev.gatehouse.proxy.testing.RawServer;
import dev.gatehouse.proxy.testing.RawSocket;
import dev.gatehouse.proxy.testing.TestProxy;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What two servers could read in two ways is refused, never repaired, and upstream hears nothing of it. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadHttp1Test {
    private RawServer upstream = RawServer.echo();
    private TestProxy proxy = new TestProxy(
            TestProxy.quickLimits(), OpenForward.to(() -> new Upstream.Tcp("echo", "127.0.0.1", upstream.port())));

    @BeforeAll
    void warm() throws IOException {
        try (RawSocket client = proxy.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            assertThat(client.readAll()).startsWith("HTTP/1.1 200");
        }
    }

    @AfterAll
    void stop() {
        proxy.close();
        upstream.close();
    }

    private static Arguments row(String name, String bytes, int status, String code) {
        return Arguments.of(name, bytes, status, code);
    }

    static Stream<Arguments> bad() {
        String get = "GET / HTTP/1.1\r\nHost: h\r\n";
        String post = "POST / HTTP/1.1\r\nHost: h\r\n";
        String malformed = "GATE-3005";
        return Stream.of(
                row(
                        "length and chunked",
                        post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        400,
                        "GATE-3006"),
                row(
                        "chunked and length",
                        post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
                        400,
                        "GATE-3006"),
                row("two lengths", post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400, "GATE-3006"),
                row("a list of lengths", post + "Content-Length: 3, 3\r\n\r\nabc", 400, malformed),
                row("a signed length", post + "Content-Length: +3\r\n\r\nabc", 400, malformed),
                row("an empty length", post + "Content-Length:\r\n\r\n", 400, malformed),
                row("an endless length", post + "Content-Length: 9999999999999999999\r\n\r\n", 400, malformed),
                row("an unknown coding", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400, malformed),
                row(
                        "chunked twice",
                        post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        400,
                        malformed),
                row("a hidden coding", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400, malformed),
                row("a coding with a tab", post + "Transfer-Encoding: chunked\u000b\r\n\r\n0\r\n\r\n", 400, malformed),
                row(
                        "chunks in HTTP/1.0",
                        "POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        400,
                        malformed),
                row("a folded line", get + "X-A: 1\r\n 2\r\n\r\n", 400, malformed),
                row("a folded line with a tab", get + "X-A: 1\r\n\t2\r\n\r\n", 400, malformed),
                row("a space before the colon", get + "X-A : 1\r\n\r\n", 400, malformed),
                row("an empty name", get + ": 1\r\n\r\n", 400, malformed),
                row("a name with a slash", get + "X/A: 1\r\n\r\n", 400, malformed),
                row("a line without a colon", get + "XA\r\n\r\n", 400, malformed),
                row("a bare line feed", "GET / HTTP/1.1\nHost: h\r\n\r\n", 400, malformed),
                row("bare line feeds throughout", get + "X-A: 1\nX-B: 2\r\n\r\n", 400, malformed),
                row("a bare carriage return", get + "X-A: 1\rX-B: 2\r\n\r\n", 400, malformed),
                row("a NUL in a value", get + "X-A: 1\0\r\n\r\n", 400, malformed),
                row("a NUL in a name", get + "X\0A: 1\r\n\r\n", 400, malformed),
                row("a control character in a value", get + "X-A: \u0007\r\n\r\n", 400, malformed),
                row("no host", "GET / HTTP/1.1\r\n\r\n", 400, malformed),
                row("two hosts", get + "Host: other\r\n\r\n", 400, malformed),
                row("a host with a path", "GET / HTTP/1.1\r\nHost: h/x\r\n\r\n", 400, malformed),
                row("a host with a user", "GET / HTTP/1.1\r\nHost: a@h\r\n\r\n", 400, malformed),
                row("another host in the target", "GET http://evil/ HTTP/1.1\r\nHost: h\r\n\r\n", 400, malformed),
                row("a target without a slash", "GET x HTTP/1.1\r\nHost: h\r\n\r\n", 400, malformed),
                row("a fragment", "GET /#x HTTP/1.1\r\nHost: h\r\n\r\n", 400, malformed),
                row("two spaces", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", 400, malformed),
                row("a byte beyond ASCII in the target", "GET /\u00e4 HTTP/1.1\r\nHost: h\r\n\r\n", 400, malformed),
                row("a tunnel", "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n", 400, malformed),
                row("an unknown version", "GET / HTTP/2.0\r\nHost: h\r\n\r\n", 400, malformed),
                row("no version", "GET /\r\nHost: h\r\n\r\n", 400, malformed),
                row("the HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, malformed),
                row("a TLS hello", "\u0016\u0003\u0001\u0002\u0000\u0001\n\r\n", 400, malformed),
                row("an upgrade", get + "Upgrade: h2c\r\nConnection: Upgrade\r\n\r\n", 400, "GATE-3013"),
                row("an upgrade alone", get + "Upgrade: websocket\r\n\r\n", 400, "GATE-3013"),
                row("an unknown expectation", post + "Content-Length: 1\r\nExpect: 200-ok\r\n\r\n", 417, "GATE-3012"),
                row("an identity header listed", get + "Connection: Gatehouse-Assertion\r\n\r\n", 400, "GATE-3007"),
                row("an identity header disguised", get + "Connection: close, x_remote_user\r\n\r\n", 400, "GATE-3007"),
                row("the credential listed", get + "Connection: Authorization\r\n\r\n", 400, "GATE-3007"),
                row("too long a header", get + "X-A: " + "a".repeat(9000) + "\r\n\r\n", 431, "GATE-3004"),
                row(
                        "too long a request line",
                        "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: h\r\n\r\n",
                        431,
                        "GATE-3004"),
                row("too many headers", get + "A: 1\r\n".repeat(70) + "\r\n", 431, "GATE-3004"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void isRefused(String name, String bytes, int status, String code) throws IOException {
        int before = upstream.accepted();
        try (RawSocket client = proxy.connect()) {
            client.send(bytes);
            String answer = client.readAnswer();
            assertThat(answer).as(name).startsWith("HTTP/1.1 " + status + " ").contains(code);
            assertThat(answer).contains("connection: close").contains("proxy-status: gatehouse-ingress; error=");
            client.socket().shutdownOutput();
            assertThat(client.readAll()).isEmpty();
        }
        assertThat(upstream.accepted()).isEqualTo(before);
    }

    static Stream<Arguments> badBodies() {
        return Stream.of(
                Arguments.of("a size that is none", "xyz\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("a negative size", "-3\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("a size with a prefix", "0x3\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("an endless size", "ffffffffffffffffff\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("a chunk longer than its size", "3\r\nabcd\r\n0\r\n\r\n"),
                Arguments.of("a bare line feed after the size", "3\nabc\r\n0\r\n\r\n"),
                Arguments.of("a space after the size", "3 \r\nabc\r\n0\r\n\r\n"),
                Arguments.of("a carriage return in an extension", "3;a=\rb\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("an endless extension", "3;" + "a".repeat(300) + "\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("a bare line feed in the trailer", "0\r\nA: 1\n\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badBodies")
    void aBadChunkEndsTheRequest(String name, String body) throws IOException {
        try (RawSocket client = proxy.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
            assertThat(client.readAnswer()).as(name).startsWith("HTTP/1.1 400 ").contains("GATE-3005");
        }
    }
}
