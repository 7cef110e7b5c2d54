package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.exchange.Upstream;
import dev.gatehouse.proxy.listener.Security;
import dev.gatehouse.proxy.testing.Changing;
import dev.gatehouse.proxy.testing.NoLeaks;
import dev.gatehouse.proxy.testing.OpenForward;
import dev.gatehouse.proxy.testing.RawHttp2;
import dev.gatehouse.proxy.testing.RawServer;
import dev.gatehouse.proxy.testing.TestAuthority;
import dev.gatehouse.proxy.testing.TestProxy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is smuggled in through HTTP/2's binary heads must not become a line, or a second request, in HTTP/1.1 upstream. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadHttp2Test {
    private static final TestAuthority WEB = new TestAuthority("web.test");
    private static final String[] GET = {":method", "GET", ":scheme", "https", ":path", "/", ":authority", "localhost"};
    private static final String[] POST = {":method", "POST", ":scheme", "https", ":path", "/", ":authority", "localhost"
    };

    private final RawServer upstream = RawServer.echo();
    private final TestProxy proxy = new TestProxy(
            TestProxy.quickLimits(),
            true,
            new Security.Web(new Changing.WebCertificates(WEB.web()), true),
            Optional.empty(),
            TestProxy.snapshots(),
            OpenForward.to(() -> new Upstream.Tcp("echo", "127.0.0.1", upstream.port())));

    @AfterAll
    void stop() {
        proxy.close();
        upstream.close();
    }

    private static String[] with(String[] head, String... more) {
        List<String> all = new ArrayList<>(List.of(head));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static String[] lines(String... lines) {
        return lines;
    }

    private static Arguments row(String name, String[] head) {
        return Arguments.of(name, head, "");
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                row("an upper-case name", with(GET, "X-A", "1")),
                row("a connection header", with(GET, "connection", "close")),
                row("a listed identity header", with(GET, "connection", "gatehouse-assertion")),
                row("keep-alive", with(GET, "keep-alive", "1")),
                row("proxy-connection", with(GET, "proxy-connection", "close")),
                row("an upgrade", with(GET, "upgrade", "h2c")),
                row("another te", with(GET, "te", "gzip")),
                row("two methods", with(GET, ":method", "POST")),
                row("two paths", with(GET, ":path", "/other")),
                row("two authorities", with(GET, ":authority", "other")),
                row("no path", lines(":method", "GET", ":scheme", "https", ":authority", "localhost")),
                row(
                        "an empty path",
                        lines(":method", "GET", ":scheme", "https", ":path", "", ":authority", "localhost")),
                row(
                        "a path without a slash",
                        lines(":method", "GET", ":scheme", "https", ":path", "x", ":authority", "localhost")),
                row("no scheme", lines(":method", "GET", ":path", "/", ":authority", "localhost")),
                row("no host", lines(":method", "GET", ":scheme", "https", ":path", "/")),
                row("an unknown pseudo-header", with(GET, ":protocol-x", "1")),
                row("a status in a request", with(GET, ":status", "200")),
                row("a pseudo-header after the others", with(with(GET, "x-a", "1"), ":path", "/other")),
                row("another host", with(GET, "host", "other")),
                row(
                        "a user in the authority",
                        lines(":method", "GET", ":scheme", "https", ":path", "/", ":authority", "a@localhost")),
                row("a line break in a value", with(GET, "x-a", "1\r\nx-b: 2")),
                row("a carriage return in a value", with(GET, "x-a", "1\r2")),
                row("a NUL in a value", with(GET, "x-a", "1\0")),
                row("a space before a value", with(GET, "x-a", " 1")),
                row("a line break in a name", with(GET, "x-a\r\nx-b", "1")),
                row("a colon in a name", with(GET, "x-a:", "1")),
                row("an empty name", with(GET, "", "1")),
                row(
                        "a line break in the path",
                        lines(
                                ":method",
                                "GET",
                                ":scheme",
                                "https",
                                ":path",
                                "/ HTTP/1.1\r\nx: y",
                                ":authority",
                                "localhost")),
                row(
                        "a line break in the method",
                        lines(
                                ":method",
                                "GET / HTTP/1.1\r\nx:",
                                ":scheme",
                                "https",
                                ":path",
                                "/",
                                ":authority",
                                "localhost")),
                row(
                        "a fragment",
                        lines(":method", "GET", ":scheme", "https", ":path", "/#x", ":authority", "localhost")),
                row("a tunnel", lines(":method", "CONNECT", ":authority", "localhost:443")),
                row("an unknown expectation", with(GET, "expect", "200-ok")),
                row("a length without a body", with(GET, "content-length", "3")),
                Arguments.of("chunked", with(POST, "transfer-encoding", "chunked"), "0\r\n\r\n"),
                Arguments.of("two lengths", with(POST, "content-length", "3", "content-length", "4"), "abc"),
                Arguments.of("a signed length", with(POST, "content-length", "+3"), "abc"),
                Arguments.of("a body longer than its length", with(POST, "content-length", "3"), "abcGET / HTTP/1.1"),
                Arguments.of("a body shorter than its length", with(POST, "content-length", "30"), "abc"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void isRefused(String name, String[] head, String body) throws IOException {
        try (RawHttp2 client = new RawHttp2(proxy.port(), WEB.root())) {
            client.headers(body.isEmpty(), head);
            if (!body.isEmpty()) {
                client.data(true, body);
            }
            assertThat(client.outcome()).as(name).matches("4\\d\\d|reset 1|goaway 1");
        }
    }

    @Test
    void aGoodOneIsServed() throws IOException {
        try (RawHttp2 client = new RawHttp2(proxy.port(), WEB.root())) {
            client.headers(false, with(POST, "content-length", "3", "te", "trailers", "x-remote-user", "root"));
            client.data(true, "abc");
            assertThat(client.outcome()).isEqualTo("200");
        }
    }
}
