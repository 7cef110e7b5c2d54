package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.proxy.exchange.Answer;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.exchange.Peer;
import dev.gatehouse.proxy.exchange.ProxyLimits;
import dev.gatehouse.proxy.exchange.Upstream;
import dev.gatehouse.proxy.listener.Security;
import dev.gatehouse.proxy.testing.Changing;
import dev.gatehouse.proxy.testing.NoLeaks;
import dev.gatehouse.proxy.testing.OpenForward;
import dev.gatehouse.proxy.testing.RawServer;
import dev.gatehouse.proxy.testing.RawSocket;
import dev.gatehouse.proxy.testing.TestAuthority;
import dev.gatehouse.proxy.testing.TestClients;
import dev.gatehouse.proxy.testing.TestProxy;
import dev.gatehouse.proxy.tls.Svid;
import dev.gatehouse.proxy.tls.TlsEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The ingress's face: TLS with a web certificate, HTTP/1.1 and HTTP/2, client certificates that are judged in HTTP. */
@ExtendWith(NoLeaks.class)
class WebListenerTest {
    private static final TestAuthority WEB = new TestAuthority("web.test");
    private static final TestAuthority FOREIGN = new TestAuthority("evil.test");
    private static final long LARGE_BYTES = 64L * 1024 * 1024;

    private static final Filter SAY_PEER = (exchange, next) -> exchange.answer(Answer.text(
            200,
            switch (exchange.downstream().peer()) {
                case Peer.Anonymous() -> "anonymous";
                case Peer.Verified verified -> "verified " + verified.id();
                case Peer.Rejected rejected -> rejected.failure().cause().code();
                case Peer.LocalProcess process -> "uid " + process.uid();
            }));

    static Stream<Arguments> engines() {
        return Stream.of(TlsEngine.BORINGSSL, TlsEngine.JDK)
                .flatMap(engine -> Stream.of(HttpClient.Version.values())
                        .filter(version -> version.name().compareTo("HTTP_2") <= 0)
                        .map(version -> Arguments.of(engine, version)));
    }

    private static TestProxy proxy(TlsEngine engine, Filter... filters) {
        return new TestProxy(
                engine,
                ProxyLimits.defaults(),
                true,
                new Security.Web(new Changing.WebCertificates(WEB.web()), true),
                Optional.empty(),
                TestProxy.snapshots(),
                InstantSource.system(),
                filters);
    }

    private static HttpRequest.Builder to(TestProxy proxy) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + proxy.port() + "/x"));
    }

    private static HttpClient client(HttpClient.Version version, Optional<Svid> identity) {
        return TestClients.http(version, WEB.root(), identity);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void anyClientCertificateIsJudgedInHttp(TlsEngine engine, HttpClient.Version version) throws Exception {
        TestAuthority own = TestProxy.AUTHORITY;
        Instant now = Instant.now();
        record Row(Optional<Svid> identity, String expected) {}
        List<Row> rows = List.of(
                new Row(Optional.empty(), "anonymous"),
                new Row(Optional.of(own.svid("/ci")), "verified " + own.id("/ci")),
                new Row(Optional.of(FOREIGN.svid("/ci")), "GATE-1010"),
                new Row(Optional.of(own.svid("/ci", now.minusSeconds(90), now.minusSeconds(30))), "GATE-1012"));
        try (TestProxy proxy = proxy(engine, SAY_PEER)) {
            for (Row row : rows) {
                try (HttpClient client = client(version, row.identity())) {
                    HttpResponse<String> answer = client.send(to(proxy).build(), HttpResponse.BodyHandlers.ofString());
                    assertThat(answer.version()).isEqualTo(version);
                    assertThat(answer.body()).isEqualTo(row.expected());
                    assertThat(answer.headers().firstValue("gatehouse-trace")).isPresent();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void bodiesGoBothWays(TlsEngine engine, HttpClient.Version version) throws Exception {
        try (RawServer upstream = RawServer.echo();
                TestProxy proxy =
                        proxy(engine, OpenForward.to(() -> new Upstream.Tcp("echo", "127.0.0.1", upstream.port())));
                HttpClient client = client(version, Optional.empty())) {
            HttpResponse<String> known = client.send(
                    to(proxy).POST(HttpRequest.BodyPublishers.ofString("abc")).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(known.body())
                    .startsWith("POST /x HTTP/1.1\n")
                    .contains("ontent-")
                    .endsWith("\n\nabc");
            HttpResponse<String> unknown = client.send(
                    to(proxy)
                            .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString("defg")))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(unknown.body()).endsWith("\n\ndefg");
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void largeBodiesStreamBothWays(TlsEngine engine, HttpClient.Version version) throws Exception {
        RawServer.Script script = socket -> {
            String head = socket.readHead();
            if (head.startsWith("POST")) {
                byte[] buffer = new byte[64 * 1024];
                for (long left = LARGE_BYTES; left > 0; ) {
                    left -= socket.input().read(buffer, 0, (int) Math.min(buffer.length, left));
                }
                socket.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            } else {
                socket.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
                byte[] piece = new byte[64 * 1024];
                for (long sent = 0; sent < LARGE_BYTES; sent += piece.length) {
                    socket.output().write(piece);
                }
            }
        };
        try (RawServer upstream = new RawServer(script);
                TestProxy proxy =
                        proxy(engine, OpenForward.to(() -> new Upstream.Tcp("big", "127.0.0.1", upstream.port())));
                HttpClient client = client(version, Optional.empty())) {
            HttpResponse<InputStream> down = client.send(to(proxy).build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(down.body().transferTo(OutputStream.nullOutputStream())).isEqualTo(LARGE_BYTES);
            HttpResponse<String> up = client.send(
                    to(proxy)
                            .POST(HttpRequest.BodyPublishers.fromPublisher(
                                    HttpRequest.BodyPublishers.ofInputStream(() -> new Zeros(LARGE_BYTES)),
                                    LARGE_BYTES))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(up.body()).isEqualTo("ok");
        }
    }

    /** So many zero bytes. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long count) {
            left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(length, left);
            left -= count;
            return count;
        }
    }

    @Test
    void manyStreamsOfOneConnectionAreServedAtOnce() throws Exception {
        try (RawServer upstream = RawServer.echo();
                TestProxy proxy = proxy(
                        TlsEngine.AUTOMATIC,
                        OpenForward.to(() -> new Upstream.Tcp("echo", "127.0.0.1", upstream.port())));
                HttpClient client = client(HttpClient.Version.HTTP_2, Optional.empty())) {
            client.send(to(proxy).build(), HttpResponse.BodyHandlers.discarding());
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(client.sendAsync(to(proxy).build(), HttpResponse.BodyHandlers.ofString()));
            }
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
            assertThat(proxy.server().connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aBrokenAnswerCanBeToldFromACompleteOne(TlsEngine engine, HttpClient.Version version) throws Exception {
        RawServer.Script truncates = socket -> {
            socket.readHead();
            socket.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        };
        try (RawServer upstream = new RawServer(truncates);
                TestProxy proxy =
                        proxy(engine, OpenForward.to(() -> new Upstream.Tcp("forge", "127.0.0.1", upstream.port())));
                HttpClient client = client(version, Optional.empty())) {
            HttpResponse<InputStream> answer =
                    client.send(to(proxy).build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
            assertThat(proxy.journal().nextRequest().failure().map(Failure::cause))
                    .contains(TrafficCause.UPSTREAM_TRUNCATED);
        }
    }

    @Test
    void stoppingLetsOpenStreamsEndAndThenClosesTheConnection() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        RawServer.Script waits = socket -> {
            socket.readHead();
            asked.complete(null);
            goOn.join();
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone");
        };
        try (RawServer upstream = new RawServer(waits);
                TestProxy proxy = proxy(
                        TlsEngine.AUTOMATIC,
                        OpenForward.to(() -> new Upstream.Tcp("forge", "127.0.0.1", upstream.port())));
                HttpClient client = client(HttpClient.Version.HTTP_2, Optional.empty())) {
            CompletableFuture<HttpResponse<String>> answer =
                    client.sendAsync(to(proxy).build(), HttpResponse.BodyHandlers.ofString());
            asked.join();
            Thread stopping =
                    Thread.ofVirtual().start(() -> proxy.server().stopGracefully(java.time.Duration.ofSeconds(10)));
            goOn.complete(null);
            assertThat(answer.get().body()).isEqualTo("done");
            stopping.join();
        }
    }

    @Test
    void aCancelledStreamIsResetAndTheConnectionGoesOn() throws Exception {
        RawServer.Script endless = socket -> {
            if (socket.readHead().startsWith("POST")) {
                socket.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                return;
            }
            socket.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
            socket.readLine();
        };
        try (RawServer upstream = new RawServer(endless);
                TestProxy proxy = proxy(
                        TlsEngine.AUTOMATIC,
                        OpenForward.to(() -> new Upstream.Tcp("forge", "127.0.0.1", upstream.port())));
                HttpClient client = client(HttpClient.Version.HTTP_2, Optional.empty())) {
            HttpResponse<InputStream> answer =
                    client.send(to(proxy).build(), HttpResponse.BodyHandlers.ofInputStream());
            int cancelled = proxy.server()
                    .registry()
                    .cancelAll(TrafficCause.CANCELLED.with("reason", "a test"))
                    .toCompletableFuture()
                    .get();
            assertThat(cancelled).isEqualTo(1);
            assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
            HttpResponse<String> next = client.send(
                    to(proxy).POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(next.body()).isEqualTo("ok");
            assertThat(proxy.server().connections()).isEqualTo(1);
        }
    }

    @Test
    void whatIsNotTlsLeavesARecord() throws Exception {
        try (TestProxy proxy = proxy(TlsEngine.AUTOMATIC, SAY_PEER);
                RawSocket client = proxy.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            client.readAll();
            assertThat(proxy.journal().nextHandshake().failure().cause()).isEqualTo(TrafficCause.HANDSHAKE_FAILED);
        }
    }
}
