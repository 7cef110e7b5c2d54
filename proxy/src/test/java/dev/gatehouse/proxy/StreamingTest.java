package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.audit.RequestRecord;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.core.identity.AuthenticationMethod;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.proxy.exchange.Answer;
import dev.gatehouse.proxy.exchange.BodyInspector;
import dev.gatehouse.proxy.exchange.BodySink;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.exchange.ProxyLimits;
import dev.gatehouse.proxy.exchange.ResponseHead;
import dev.gatehouse.proxy.exchange.ResponseInspector;
import dev.gatehouse.proxy.exchange.Upstream;
import dev.gatehouse.proxy.testing.NoLeaks;
import dev.gatehouse.proxy.testing.OpenForward;
import dev.gatehouse.proxy.testing.RawServer;
import dev.gatehouse.proxy.testing.RawSocket;
import dev.gatehouse.proxy.testing.TestProxy;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bodies pass by reference, at the pace of the slower side, and can be inspected and cut off. */
@ExtendWith(NoLeaks.class)
class StreamingTest {
    private static final long GIB = 1L << 30;
    private static final byte[] PIECE = new byte[256 * 1024];
    /** Far below what is streamed, far above what the two legs may hold. */
    private static final long DIRECT_BYTES_MAX = 192L * 1024 * 1024;

    private static final Filter NOTHING = (exchange, next) -> next.proceed();

    private static TestProxy to(RawServer upstream, Filter before) {
        return new TestProxy(
                ProxyLimits.defaults(),
                before,
                OpenForward.to(() -> new Upstream.Tcp("forge", "127.0.0.1", upstream.port())));
    }

    private static RawServer downloads(long length) {
        return new RawServer(socket -> {
            socket.readHead();
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
            for (long sent = 0; sent < length; sent += PIECE.length) {
                socket.output().write(PIECE);
            }
        });
    }

    private static long skip(RawSocket socket, long length) throws IOException {
        byte[] buffer = new byte[256 * 1024];
        long read = 0;
        while (read < length) {
            int count = socket.input().read(buffer, 0, (int) Math.min(buffer.length, length - read));
            if (count < 0) {
                break;
            }
            read += count;
        }
        return read;
    }

    @Test
    void aGibibyteComesDownWithBoundedMemory() throws Exception {
        try (RawServer upstream = downloads(GIB);
                TestProxy proxy = to(upstream, NOTHING);
                RawSocket client = proxy.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            client.readHead();
            assertThat(skip(client, GIB)).isEqualTo(GIB);
            assertThat(proxy.journal().nextRequest().bytesOut()).isEqualTo(GIB);
            assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory())
                    .isLessThan(DIRECT_BYTES_MAX);
        }
    }

    @Test
    void aGibibyteGoesUpWithBoundedMemory() throws Exception {
        RawServer.Script counts = socket -> {
            socket.readHead();
            long count = skip(socket, GIB);
            String text = Long.toString(count);
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
        };
        try (RawServer upstream = new RawServer(counts);
                TestProxy proxy = to(upstream, NOTHING);
                RawSocket client = proxy.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + GIB + "\r\n\r\n");
            for (long sent = 0; sent < GIB; sent += PIECE.length) {
                client.output().write(PIECE);
            }
            assertThat(client.readAnswer()).endsWith("\n\n" + GIB);
            assertThat(proxy.journal().nextRequest().bytesIn()).isEqualTo(GIB);
            assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory())
                    .isLessThan(DIRECT_BYTES_MAX);
        }
    }

    @Test
    void anUpstreamIsReadNoFasterThanTheClientReads() throws Exception {
        AtomicLong sent = new AtomicLong();
        CompletableFuture<Void> stuck = new CompletableFuture<>();
        RawServer.Script pushes = socket -> {
            socket.readHead();
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: " + GIB + "\r\n\r\n");
            socket.socket().setSendBufferSize(64 * 1024);
            Thread watch = Thread.ofVirtual().start(() -> {
                long before = -1;
                while (sent.get() != before) {
                    before = sent.get();
                    java.util.concurrent.locks.LockSupport.parkNanos(300_000_000);
                }
                stuck.complete(null);
            });
            try {
                while (sent.get() < GIB) {
                    socket.output().write(PIECE);
                    sent.addAndGet(PIECE.length);
                }
            } finally {
                watch.interrupt();
            }
        };
        try (RawServer upstream = new RawServer(pushes);
                TestProxy proxy = to(upstream, NOTHING);
                RawSocket client = proxy.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            client.readHead();
            stuck.get();
            assertThat(sent.get()).isLessThan(32L * 1024 * 1024);
            assertThat(skip(client, 64L * 1024 * 1024)).isEqualTo(64L * 1024 * 1024);
        }
    }

    @Test
    void aTransferIsCutOffWhenItsPrincipalIsCancelled() throws Exception {
        Principal alice = Principal.Person.local("alice", Set.of());
        Filter signedIn = (exchange, next) -> {
            exchange.facts().caller(new Caller(alice, AuthenticationMethod.ACCESS_TOKEN, "t1", Instant.MAX));
            exchange.inspectResponse(new ResponseInspector() {
                @Override
                public Optional<ByteBuf> onBroken(Failure failure, ByteBufAllocator allocator) {
                    return Optional.of(Unpooled.copiedBuffer("SAID-WHY", StandardCharsets.US_ASCII));
                }
            });
            next.proceed();
        };
        try (RawServer upstream = downloads(GIB);
                TestProxy proxy = to(upstream, signedIn);
                RawSocket client = proxy.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            client.readHead();
            assertThat(skip(client, PIECE.length)).isEqualTo(PIECE.length);
            assertThat(proxy.server().registry().live()).isEqualTo(1);
            Failure revoked = TrafficCause.CANCELLED.with("reason", "alice was removed");
            int nobody = proxy.server()
                    .registry()
                    .cancelByPrincipal("local|bob", revoked)
                    .toCompletableFuture()
                    .get();
            int one = proxy.server()
                    .registry()
                    .cancelByPrincipal(alice.key(), revoked)
                    .toCompletableFuture()
                    .get();
            assertThat(nobody).isZero();
            assertThat(one).isEqualTo(1);
            assertThat(client.readAll()).endsWith("SAID-WHY");
            RequestRecord record = proxy.journal().nextRequest();
            assertThat(record.failure()).contains(revoked);
            assertThat(record.bytesOut()).isLessThan(GIB);
            assertThat(proxy.server().registry().live()).isZero();
        }
    }

    /** Holds the whole body back, then passes it on in capitals; or refuses. */
    private static final class Shouting implements BodyInspector {
        private final StringBuilder held = new StringBuilder();

        @Override
        public void onChunk(ByteBuf chunk, BodySink out) {
            held.append(chunk.toString(StandardCharsets.US_ASCII));
            chunk.release();
        }

        @Override
        public void onEnd(BodySink out) {
            if (held.toString().contains("bad")) {
                throw TrafficCause.CANCELLED.with("reason", "a bad word").asException();
            }
            String loud = held.toString().toUpperCase(java.util.Locale.ROOT) + "!";
            out.pass(Unpooled.copiedBuffer(loud, StandardCharsets.US_ASCII));
            out.end();
        }
    }

    @Test
    void anInspectorMayHoldTheBodyBackAndChangeIt() throws Exception {
        Filter shouting = (exchange, next) -> {
            exchange.head().headers().remove("content-length");
            exchange.inspectRequest(new Shouting());
            next.proceed();
        };
        try (RawServer upstream = RawServer.echo();
                TestProxy proxy = to(upstream, shouting);
                RawSocket client = proxy.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
            assertThat(client.readAnswer()).contains("\ncontent-length: 4\n").endsWith("\n\nABC!");
            assertThat(upstream.accepted()).isEqualTo(1);
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nbad");
            assertThat(client.readAnswer()).startsWith("HTTP/1.1 403 ").contains("a bad word");
        }
        // Upstream never heard of the second.
    }

    @Test
    void anErrorFromUpstreamMayBeReplacedBeforeItIsSent() throws Exception {
        RawServer.Script fails = socket -> {
            socket.readHead();
            socket.send("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\n\r\noops");
        };
        Filter replacing = (exchange, next) -> {
            exchange.inspectResponse(new ResponseInspector() {
                @Override
                public Optional<Answer> onHead(ResponseHead head) {
                    return head.status() == 500 ? Optional.of(Answer.text(200, "ERR told")) : Optional.empty();
                }
            });
            next.proceed();
        };
        try (RawServer upstream = new RawServer(fails);
                TestProxy proxy = to(upstream, replacing);
                RawSocket client = proxy.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ").endsWith("\n\nERR told");
        }
    }

    @Test
    void stoppingLetsOpenRequestsEnd() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        RawServer.Script waits = socket -> {
            socket.readHead();
            asked.complete(null);
            goOn.join();
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone");
        };
        try (RawServer upstream = new RawServer(waits);
                TestProxy proxy = to(upstream, NOTHING);
                RawSocket client = proxy.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            asked.join();
            Thread stopping =
                    Thread.ofVirtual().start(() -> proxy.server().stopGracefully(java.time.Duration.ofSeconds(10)));
            goOn.complete(null);
            assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ").endsWith("done");
            stopping.join();
            assertThat(client.readAll()).isEmpty();
        }
    }
}
