package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.audit.RequestRecord;
import dev.gatehouse.proxy.exchange.Answer;
import dev.gatehouse.proxy.exchange.Upstream;
import dev.gatehouse.proxy.testing.NoLeaks;
import dev.gatehouse.proxy.testing.OpenForward;
import dev.gatehouse.proxy.testing.RawServer;
import dev.gatehouse.proxy.testing.RawSocket;
import dev.gatehouse.proxy.testing.TestProxy;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class Http1ProxyTest {
    private final RawServer upstream = RawServer.echo();
    private final TestProxy proxy = new TestProxy(
            TestProxy.quickLimits(), OpenForward.to(() -> new Upstream.Tcp("echo", "127.0.0.1", upstream.port())));

    @AfterEach
    void stop() {
        proxy.close();
        upstream.close();
    }

    @Test
    void aRequestIsForwardedAndItsAnswerComesBack() throws Exception {
        try (RawSocket client = proxy.connect()) {
            client.send("GET /a?b HTTP/1.1\r\nHost: h:1\r\nX-Remote-User: root\r\nX-Own: 1\r\n\r\n");
            String answer = client.readAnswer();
            assertThat(answer)
                    .startsWith("HTTP/1.1 200 OK\n")
                    .containsPattern("(?m)^gatehouse-trace: [0-9a-f]{32}$")
                    .contains("\nGET /a?b HTTP/1.1\n")
                    .contains("\nX-Own: 1\n")
                    .containsPattern("(?m)^traceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-01$")
                    .doesNotContain("X-Remote-User");
        }
        RequestRecord record = proxy.journal().nextRequest();
        assertThat(record.status()).isEqualTo(200);
        assertThat(record.failure()).isEmpty();
        assertThat(record.bytesOut()).isPositive();
        assertThat(record.decisions()).hasSize(1);
    }

    @Test
    void aConnectionServesOneRequestAfterTheOtherOverOneUpstreamConnection() throws IOException {
        try (RawSocket client = proxy.connect()) {
            for (int i = 0; i < 20; i++) {
                client.send("GET /" + i + " HTTP/1.1\r\nHost: h\r\n\r\n");
                assertThat(client.readAnswer()).contains("\nGET /" + i + " HTTP/1.1\n");
            }
        }
        assertThat(upstream.accepted()).isEqualTo(1);
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        try (RawSocket client = proxy.connect()) {
            StringBuilder many = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                many.append("POST /").append(i).append(" HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
            }
            client.send(many.toString());
            for (int i = 0; i < 50; i++) {
                assertThat(client.readAnswer())
                        .contains("\nPOST /" + i + " HTTP/1.1\n")
                        .endsWith("abc");
            }
        }
    }

    @Test
    void aChunkedBodyArrivesWhole() throws IOException {
        try (RawSocket client = proxy.connect()) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n");
            assertThat(client.readAnswer()).endsWith("\n\nabcdefg");
        }
    }

    @Test
    void aClientThatWaitsForContinueGetsIt() throws IOException {
        try (RawSocket client = proxy.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.readHead()).isEqualTo("HTTP/1.1 100 Continue\n");
            client.send("abc");
            assertThat(client.readAnswer()).endsWith("\n\nabc").doesNotContain("expect");
        }
    }

    @Test
    void headAndOldVersionsAreServed() throws IOException {
        try (RawSocket client = proxy.connect()) {
            client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\nGET /next HTTP/1.0\r\n\r\n");
            assertThat(client.readHead()).contains("content-length: ");
            assertThat(client.readAll()).contains("connection: close").contains("GET /next HTTP/1.1");
        }
    }

    @Test
    void aRefusalNeedsNoUpstreamAndKeepsTheConnection() throws IOException {
        try (TestProxy refusing = new TestProxy(
                        TestProxy.quickLimits(), (exchange, next) -> exchange.answer(Answer.text(403, "no")));
                RawSocket client = refusing.connect()) {
            for (int i = 0; i < 3; i++) {
                client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
                assertThat(client.readAnswer())
                        .startsWith("HTTP/1.1 403 Forbidden\n")
                        .endsWith("\n\nno");
            }
        }
    }
}
