package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.cause.Cause;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.RequestCause;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.proxy.exchange.Upstream;
import dev.gatehouse.proxy.testing.NoLeaks;
import dev.gatehouse.proxy.testing.OpenForward;
import dev.gatehouse.proxy.testing.RawServer;
import dev.gatehouse.proxy.testing.RawSocket;
import dev.gatehouse.proxy.testing.TestProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which an upstream can fail has a cause of its own. */
@ExtendWith(NoLeaks.class)
class UpstreamFaultsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    private static void waitForClose(RawSocket socket) throws IOException {
        while (socket.input().read() >= 0) {}
    }

    static Stream<Arguments> beforeTheHead() {
        RawServer.Script closes = socket -> socket.readHead();
        RawServer.Script silent = UpstreamFaultsTest::waitForClose;
        RawServer.Script nonsense = socket -> {
            socket.readHead();
            socket.send("SSH-2.0-OpenSSH\r\n\r\n");
            waitForClose(socket);
        };
        RawServer.Script twoLengths = socket -> {
            socket.readHead();
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n");
            waitForClose(socket);
        };
        return Stream.of(
                Arguments.of("closes without an answer", closes, 502, TrafficCause.UPSTREAM_CLOSED),
                Arguments.of("says nothing", silent, 504, TrafficCause.UPSTREAM_FIRST_BYTE_TIMEOUT),
                Arguments.of("speaks something else", nonsense, 502, TrafficCause.UPSTREAM_PROTOCOL),
                Arguments.of("sends two lengths", twoLengths, 502, TrafficCause.UPSTREAM_PROTOCOL));
    }

    @ParameterizedTest(name = "an upstream that {0}")
    @MethodSource("beforeTheHead")
    void isToldInTheAnswer(String name, RawServer.Script script, int status, Cause cause) throws Exception {
        try (RawServer upstream = new RawServer(script);
                TestProxy proxy = forwardingTo(new Upstream.Tcp("forge", "127.0.0.1", upstream.port()));
                RawSocket client = proxy.connect()) {
            client.send(GET);
            assertThat(client.readAnswer())
                    .as(name)
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains(cause.code())
                    .contains("proxy-status: gatehouse-ingress; error="
                            + cause.definition().proxyErrorType().token());
            assertThat(failure(proxy)).isEqualTo(cause);
        }
    }

    @Test
    void anUpstreamThatIsDownRefuses() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (TestProxy proxy = forwardingTo(new Upstream.Tcp("forge", "127.0.0.1", port));
                RawSocket client = proxy.connect()) {
            client.send(GET);
            assertThat(client.readAnswer())
                    .startsWith("HTTP/1.1 502 ")
                    .contains("forge is down: 127.0.0.1:" + port + " refuses connections");
            assertThat(failure(proxy)).isEqualTo(TrafficCause.UPSTREAM_REFUSED);
        }
    }

    @Test
    void anUnixSocketThatIsNotThereRefuses() throws Exception {
        try (TestProxy proxy = forwardingTo(new Upstream.UnixSocket("forge", "/tmp/no-such-socket"));
                RawSocket client = proxy.connect()) {
            client.send(GET);
            assertThat(client.readAnswer()).startsWith("HTTP/1.1 502 ");
            assertThat(failure(proxy)).isEqualTo(TrafficCause.UPSTREAM_REFUSED);
        }
    }

    @Test
    void aFullBacklogIsAConnectTimeout() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RawSocket first = RawSocket.connect(full.getLocalSocketAddress());
                RawSocket second = RawSocket.connect(full.getLocalSocketAddress());
                TestProxy proxy = forwardingTo(new Upstream.Tcp("forge", "127.0.0.1", full.getLocalPort()));
                RawSocket client = proxy.connect()) {
            assertThat(first.socket().isConnected() && second.socket().isConnected())
                    .isTrue();
            client.send(GET);
            assertThat(client.readAnswer()).startsWith("HTTP/1.1 504 ");
            assertThat(failure(proxy)).isEqualTo(TrafficCause.UPSTREAM_CONNECT_TIMEOUT);
        }
    }

    static Stream<Arguments> afterTheHead() {
        RawServer.Script truncates = socket -> {
            socket.readHead();
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        };
        RawServer.Script truncatesChunks = socket -> {
            socket.readHead();
            socket.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        };
        RawServer.Script stalls = socket -> {
            socket.readHead();
            socket.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
            waitForClose(socket);
        };
        return Stream.of(
                Arguments.of("stops in the middle", truncates, TrafficCause.UPSTREAM_TRUNCATED),
                Arguments.of("stops between chunks", truncatesChunks, TrafficCause.UPSTREAM_TRUNCATED),
                Arguments.of("falls silent", stalls, TrafficCause.UPSTREAM_IDLE));
    }

    @ParameterizedTest(name = "an upstream that {0}")
    @MethodSource("afterTheHead")
    void breaksTheStreamOffSoThatTheClientCanTell(String name, RawServer.Script script, Cause cause) throws Exception {
        try (RawServer upstream = new RawServer(script);
                TestProxy proxy = forwardingTo(new Upstream.Tcp("forge", "127.0.0.1", upstream.port()));
                RawSocket client = proxy.connect()) {
            client.send(GET);
            String all = client.readAll();
            assertThat(all)
                    .as(name)
                    .startsWith("HTTP/1.1 200 OK")
                    .contains("abc")
                    .doesNotContain("\r\n0\r\n");
            assertThat(failure(proxy)).isEqualTo(cause);
        }
    }

    @Test
    void aStaleConnectionIsTriedOnceMoreForAGetButNeverForAPost() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        RawServer.Script oneRequestThenClose = socket -> {
            int number = connections.incrementAndGet();
            socket.readHead();
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + number);
            // The next request is read, and the connection closed without an answer.
            socket.readHead();
        };
        try (RawServer upstream = new RawServer(oneRequestThenClose);
                TestProxy proxy = forwardingTo(new Upstream.Tcp("forge", "127.0.0.1", upstream.port()));
                RawSocket client = proxy.connect()) {
            client.send(GET);
            assertThat(client.readAnswer()).endsWith("\n\n1");
            client.send(GET);
            assertThat(client.readAnswer()).endsWith("\n\n2");
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx");
            assertThat(client.readAnswer()).startsWith("HTTP/1.1 502 ").contains("GATE-5005");
            assertThat(connections).hasValue(2);
        }
    }

    @Test
    void aClientThatSendsNoBodyIsTooSlow() throws Exception {
        try (RawServer upstream = RawServer.echo();
                TestProxy proxy = forwardingTo(new Upstream.Tcp("forge", "127.0.0.1", upstream.port()));
                RawSocket client = proxy.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
            assertThat(client.readAnswer()).startsWith("HTTP/1.1 408 ").contains("GATE-3009");
            assertThat(failure(proxy)).isEqualTo(RequestCause.BODY_TOO_SLOW);
        }
    }

    @Test
    void aClientThatLeavesTakesItsUpstreamAlong() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        RawServer.Script waits = socket -> {
            socket.readHead();
            asked.countDown();
            waitForClose(socket);
            closed.countDown();
        };
        try (RawServer upstream = new RawServer(waits);
                TestProxy proxy = new TestProxy(
                        dev.gatehouse.proxy.exchange.ProxyLimits.defaults(),
                        OpenForward.to(() -> new Upstream.Tcp("forge", "127.0.0.1", upstream.port())))) {
            try (RawSocket client = proxy.connect()) {
                client.send(GET);
                asked.await();
            }
            closed.await();
            assertThat(failure(proxy)).isEqualTo(TrafficCause.CLIENT_GONE);
        }
    }

    @Test
    void anEarlyAnswerIsDeliveredWhileTheUploadGoesOn() throws Exception {
        RawServer.Script answersEarly = socket -> {
            socket.readHead();
            socket.readBytes(10);
            socket.send("HTTP/1.1 413 Too Large\r\nContent-Length: 4\r\nConnection: close\r\n\r\nmuch");
        };
        try (RawServer upstream = new RawServer(answersEarly);
                TestProxy proxy = forwardingTo(new Upstream.Tcp("forge", "127.0.0.1", upstream.port()));
                RawSocket client = proxy.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2000000\r\n\r\n");
            client.send(new byte[2_000_000]);
            assertThat(client.readAnswer()).startsWith("HTTP/1.1 413 ").endsWith("much");
            // The rest was drained, so the connection is still good.
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 ");
        }
    }

    private static TestProxy forwardingTo(Upstream upstream) {
        return new TestProxy(TestProxy.quickLimits(), OpenForward.to(() -> upstream));
    }

    private static Cause failure(TestProxy proxy) throws InterruptedException {
        return proxy.journal().nextRequest().failure().map(Failure::cause).orElseThrow();
    }
}
