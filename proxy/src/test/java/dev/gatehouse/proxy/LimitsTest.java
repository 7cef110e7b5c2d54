package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.audit.RequestRecord;
import dev.gatehouse.core.cause.Cause;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.proxy.exchange.Answer;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.exchange.Peer;
import dev.gatehouse.proxy.exchange.Upstream;
import dev.gatehouse.proxy.listener.Binding;
import dev.gatehouse.proxy.listener.Security;
import dev.gatehouse.proxy.testing.NoLeaks;
import dev.gatehouse.proxy.testing.OpenForward;
import dev.gatehouse.proxy.testing.RawServer;
import dev.gatehouse.proxy.testing.RawSocket;
import dev.gatehouse.proxy.testing.TestProxy;
import dev.gatehouse.proxy.tls.TlsEngine;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Limits, and the Unix sockets whose callers are known by the kernel. */
@ExtendWith(NoLeaks.class)
class LimitsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final Filter SAY_UID = (exchange, next) -> exchange.answer(Answer.text(
            200,
            exchange.downstream().peer() instanceof Peer.LocalProcess process ? "uid " + process.uid() : "nobody"));

    private static int ownUid() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    private static TestProxy onSocket(Path path, int uid) {
        return new TestProxy(
                TlsEngine.AUTOMATIC,
                TestProxy.quickLimits(),
                true,
                new Binding.UnixSocket(path, Set.of(uid)),
                new Security.Plain(),
                Optional.empty(),
                TestProxy.snapshots(),
                InstantSource.system(),
                SAY_UID);
    }

    private static String ask(Path path) throws IOException {
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.connect(UnixDomainSocketAddress.of(path));
            client.write(ByteBuffer.wrap(
                    "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(4096);
            while (client.read(answer) >= 0) {}
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void anUnixSocketKnowsItsCallerAndIsPrivate(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("s");
        try (TestProxy proxy = onSocket(path, ownUid())) {
            assertThat(ask(path)).startsWith("HTTP/1.1 200 ").endsWith("uid " + ownUid());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
            assertThat(proxy.journal().nextRequest().downstream().identity()).isEqualTo("uid " + ownUid());
        }
    }

    @Test
    void anotherUserIsRefusedOnAnUnixSocket(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("s");
        try (TestProxy proxy = onSocket(path, ownUid() + 1)) {
            assertThat(ask(path)).startsWith("HTTP/1.1 403 ").contains("GATE-5025");
            assertThat(proxy.journal().nextRequest().failure().map(Failure::cause))
                    .contains(TrafficCause.UNEXPECTED_CALLER);
        }
    }

    @Test
    void aSocketThatIsServedIsNotTakenAway(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("s");
        try (TestProxy first = onSocket(path, ownUid())) {
            Assertions.assertThatExceptionOfType(FailureException.class)
                    .isThrownBy(() -> onSocket(path, ownUid()))
                    .satisfies(refused -> assertThat(refused.failure().cause()).isEqualTo(StartCause.CANNOT_LISTEN));
            assertThat(ask(path)).startsWith("HTTP/1.1 200 ");
            assertThat(first.server().connections()).isLessThanOrEqualTo(1);
        }
        // What a crash left behind is in nobody's way.
        try (SocketChannel dead = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            assertThat(dead.isOpen()).isTrue();
        }
    }

    @Test
    void aPortThatIsTakenIsToldSo() {
        try (TestProxy first = new TestProxy(TestProxy.quickLimits(), SAY_UID)) {
            Assertions.assertThatExceptionOfType(FailureException.class)
                    .isThrownBy(() -> new TestProxy(
                            TlsEngine.AUTOMATIC,
                            TestProxy.quickLimits(),
                            true,
                            new Binding.Tcp("127.0.0.1", first.port()),
                            new Security.Plain(),
                            Optional.empty(),
                            TestProxy.snapshots(),
                            InstantSource.system(),
                            SAY_UID))
                    .satisfies(refused -> assertThat(refused.failure().cause()).isEqualTo(StartCause.PORT_TAKEN));
        }
    }

    @Test
    void aConnectionBeyondTheLimitIsClosedAndTheOthersGoOn() throws Exception {
        int limit = TestProxy.quickLimits().connectionsMax();
        List<RawSocket> open = new ArrayList<>();
        try (TestProxy proxy = new TestProxy(TestProxy.quickLimits(), SAY_UID)) {
            for (int i = 0; i < limit; i++) {
                RawSocket client = proxy.connect();
                open.add(client);
                client.send(GET);
                assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ");
            }
            try (RawSocket oneMore = proxy.connect()) {
                assertThat(oneMore.readAll()).isEmpty();
            }
            open.get(0).send(GET);
            assertThat(open.get(0).readAnswer()).startsWith("HTTP/1.1 200 ");
        } finally {
            for (RawSocket client : open) {
                client.close();
            }
        }
    }

    @Test
    void aClientThatTakesNothingIsCutOff() throws Exception {
        RawServer.Script pushes = socket -> {
            socket.readHead();
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
            byte[] piece = new byte[256 * 1024];
            for (int i = 0; i < 4000; i++) {
                socket.output().write(piece);
            }
        };
        try (RawServer upstream = new RawServer(pushes);
                TestProxy proxy = new TestProxy(
                        TestProxy.quickLimits(),
                        OpenForward.to(() -> new Upstream.Tcp("forge", "127.0.0.1", upstream.port())));
                RawSocket client = proxy.connect()) {
            client.send(GET);
            assertThat(proxy.journal().nextRequest().failure().map(Failure::cause))
                    .contains(TrafficCause.CLIENT_TOO_SLOW);
        }
    }

    @Test
    void aFilterThatNeverGoesOnIsAFaultOfOurs() throws Exception {
        assertRefusedWith(TrafficCause.INTERNAL, (exchange, next) -> {});
    }

    @Test
    void whomAFilterWaitsForInVainIsNamed() throws Exception {
        assertRefusedWith(
                IdentityCause.IDENTITY_CHECK_UNAVAILABLE,
                (exchange, next) -> exchange.awaiting(IdentityCause.IDENTITY_CHECK_UNAVAILABLE.with()));
    }

    private static void assertRefusedWith(Cause cause, Filter filter) throws Exception {
        try (TestProxy proxy = new TestProxy(TestProxy.quickLimits(), filter);
                RawSocket client = proxy.connect()) {
            client.send(GET);
            assertThat(client.readAnswer()).contains(cause.code());
            RequestRecord record = proxy.journal().nextRequest();
            assertThat(record.failure().map(Failure::cause)).contains(cause);
            assertThat(record.timing().decidedMicros()).isNotNegative();
        }
    }

    @Test
    void aHeadThatNeverEndsIsCutOff() throws Exception {
        try (TestProxy proxy = new TestProxy(TestProxy.quickLimits(), SAY_UID);
                RawSocket client = proxy.connect()) {
            client.send("GET / HTTP/1.1\r\nHost:");
            assertThat(client.readAll()).isEmpty();
        }
    }
}
