package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.audit.HandshakeRecord;
import dev.gatehouse.core.audit.RequestRecord;
import dev.gatehouse.core.cause.Cause;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.snapshot.Route;
import dev.gatehouse.core.snapshot.ServicePeers;
import dev.gatehouse.proxy.exchange.Answer;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.exchange.Peer;
import dev.gatehouse.proxy.exchange.ProxyLimits;
import dev.gatehouse.proxy.exchange.Upstream;
import dev.gatehouse.proxy.listener.Security;
import dev.gatehouse.proxy.testing.Changing;
import dev.gatehouse.proxy.testing.NoLeaks;
import dev.gatehouse.proxy.testing.OpenForward;
import dev.gatehouse.proxy.testing.RawSocket;
import dev.gatehouse.proxy.testing.TestAuthority;
import dev.gatehouse.proxy.testing.TestProxy;
import dev.gatehouse.proxy.tls.TlsEngine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ingress and sidecar with mutual TLS between them, on both TLS engines. */
@ExtendWith(NoLeaks.class)
class MeshTlsTest {
    private static final TestAuthority AUTHORITY = TestProxy.AUTHORITY;
    private static final TestAuthority FOREIGN = new TestAuthority("evil.test");
    private static final SpiffeId INGRESS = AUTHORITY.id("/ingress");
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    /** Says who the sidecar took the caller for. */
    private static final Filter SAY_PEER = (exchange, next) -> exchange.answer(Answer.text(
            200,
            exchange.downstream().peer() instanceof Peer.Verified verified
                    ? verified.id() + " " + verified.certificate().getSerialNumber()
                    : "nobody"));

    /** The pair. */
    private static final class Pair implements AutoCloseable {
        private final Changing.Snapshots snapshots = new Changing.Snapshots(
                TestProxy.snapshot(AUTHORITY.bundle(), List.of(), List.of(new ServicePeers("forge", Set.of(INGRESS)))));
        private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        private final AtomicReference<SpiffeId> expected = new AtomicReference<>(AUTHORITY.id("/sidecar/forge"));
        private final Changing.Svids ingressIdentity;
        private final Changing.Svids sidecarIdentity = new Changing.Svids(AUTHORITY.svid("/sidecar/forge"));
        private final TestProxy sidecar;
        private final TestProxy ingress;

        Pair(TlsEngine engine, Changing.Svids ingressIdentity, ProxyLimits limits) {
            this.ingressIdentity = ingressIdentity;
            InstantSource clock = now::get;
            sidecar = new TestProxy(
                    engine,
                    limits,
                    false,
                    new Security.Mesh("forge"),
                    Optional.of(sidecarIdentity),
                    snapshots,
                    clock,
                    SAY_PEER);
            ingress = new TestProxy(
                    engine,
                    limits,
                    true,
                    new Security.Plain(),
                    Optional.of(ingressIdentity),
                    TestProxy.snapshots(),
                    clock,
                    OpenForward.to(() -> new Upstream.Sidecar(
                            new Route("forge", "/", "127.0.0.1", sidecar.port(), expected.get()))));
        }

        Pair(TlsEngine engine) {
            this(engine, new Changing.Svids(AUTHORITY.svid("/ingress")), ProxyLimits.defaults());
        }

        String get() throws IOException {
            try (RawSocket client = ingress.connect()) {
                return get(client);
            }
        }

        String get(RawSocket client) throws IOException {
            client.send(GET);
            return client.readAnswer();
        }

        @Override
        public void close() {
            ingress.close();
            sidecar.close();
        }
    }

    private static Cause cause(Optional<Failure> failure) {
        return failure.map(Failure::cause).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(names = {"BORINGSSL", "JDK"})
    void eachSideKnowsTheOther(TlsEngine engine) throws Exception {
        try (Pair pair = new Pair(engine)) {
            assertThat(pair.get()).contains(INGRESS.toString());
            RequestRecord atIngress = pair.ingress.journal().nextRequest();
            RequestRecord atSidecar = pair.sidecar.journal().nextRequest();
            assertThat(atIngress.upstream().orElseThrow().identity()).isEqualTo("spiffe://example.test/sidecar/forge");
            assertThat(atIngress.upstream().orElseThrow().tls()).isEqualTo("TLSv1.3 TLS_AES_128_GCM_SHA256");
            assertThat(atSidecar.downstream().identity()).isEqualTo(INGRESS.toString());
            assertThat(atSidecar.context().traceId())
                    .isEqualTo(atIngress.context().traceId());
            assertThat(atSidecar.context().parentId())
                    .contains(atIngress.context().spanId());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BORINGSSL", "JDK"})
    void aForeignTrustDomainFailsTheHandshakeWithACauseOnBothSides(TlsEngine engine) throws Exception {
        try (Pair pair = new Pair(engine, new Changing.Svids(FOREIGN.svid("/ingress")), ProxyLimits.defaults())) {
            assertThat(pair.get()).startsWith("HTTP/1.1 502 ");
            HandshakeRecord refused = pair.sidecar.journal().nextHandshake();
            assertThat(refused.accepting()).isTrue();
            assertThat(refused.failure().cause()).isEqualTo(IdentityCause.FOREIGN_TRUST_DOMAIN);
            assertThat(refused.identity()).isEqualTo("spiffe://evil.test/ingress");
            assertThat(cause(pair.ingress.journal().nextRequest().failure()))
                    .isEqualTo(TrafficCause.UPSTREAM_TLS_FAILED);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BORINGSSL", "JDK"})
    void anIdentityThatIsNoPeerOfTheServiceFailsTheHandshake(TlsEngine engine) throws Exception {
        try (Pair pair = new Pair(engine, new Changing.Svids(AUTHORITY.svid("/other")), ProxyLimits.defaults())) {
            assertThat(pair.get()).startsWith("HTTP/1.1 502 ");
            assertThat(pair.sidecar.journal().nextHandshake().failure().cause())
                    .isEqualTo(IdentityCause.PEER_NOT_ALLOWED);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BORINGSSL", "JDK"})
    void aServerOfAnotherIdentityIsNotSentTheRequest(TlsEngine engine) throws Exception {
        try (Pair pair = new Pair(engine)) {
            pair.expected.set(AUTHORITY.id("/sidecar/other"));
            assertThat(pair.get()).startsWith("HTTP/1.1 502 ").contains("GATE-5008");
            assertThat(pair.ingress.journal().nextHandshake().failure().cause())
                    .isEqualTo(TrafficCause.UPSTREAM_WRONG_IDENTITY);
            assertThat(pair.sidecar.journal().requestsSoFar()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BORINGSSL", "JDK"})
    void anOpenConnectionIsJudgedAgainForEachRequest(TlsEngine engine) throws Exception {
        try (Pair pair = new Pair(engine);
                RawSocket client = pair.ingress.connect()) {
            assertThat(pair.get(client)).startsWith("HTTP/1.1 200 ");
            pair.snapshots.set(
                    TestProxy.snapshot(AUTHORITY.bundle(), List.of(), List.of(new ServicePeers("forge", Set.of()))));
            assertThat(pair.get(client)).startsWith("HTTP/1.1 403 ").contains("GATE-1011");
            pair.snapshots.set(TestProxy.snapshot(
                    AUTHORITY.bundle(), List.of(), List.of(new ServicePeers("forge", Set.of(INGRESS)))));
            assertThat(pair.get(client)).startsWith("HTTP/1.1 200 ");
            pair.now.set(Instant.now().plus(Duration.ofHours(2)));
            assertThat(pair.get(client)).startsWith("HTTP/1.1 403 ").contains("GATE-1012");
        }
    }

    /** The hole of a shared context: after a rotation, a resumed session kept the old identity and skipped the check. */
    @ParameterizedTest
    @EnumSource(names = {"BORINGSSL", "JDK"})
    void afterARotationNoConnectionShowsTheOldIdentityAndNoCheckIsSkipped(TlsEngine engine) throws Exception {
        try (Pair pair = new Pair(engine)) {
            for (int i = 0; i < 5; i++) {
                var next = AUTHORITY.svid("/ingress");
                pair.ingressIdentity.set(next);
                assertThat(pair.get()).contains(INGRESS + " " + next.leaf().getSerialNumber());
            }
            pair.ingressIdentity.set(FOREIGN.svid("/ingress"));
            assertThat(pair.get()).startsWith("HTTP/1.1 502 ");
            assertThat(pair.sidecar.journal().nextHandshake().failure().cause())
                    .isEqualTo(IdentityCause.FOREIGN_TRUST_DOMAIN);
            pair.ingressIdentity.set(AUTHORITY.svid("/ingress"));
            assertThat(pair.get()).startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BORINGSSL", "JDK"})
    void rotationsOnBothSidesUnderLoadDropNoRequest(TlsEngine engine) throws Exception {
        try (Pair pair = new Pair(engine);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            AtomicBoolean rotating = new AtomicBoolean(true);
            Callable<Integer> load = () -> {
                int answered = 0;
                try (RawSocket client = pair.ingress.connect()) {
                    while (rotating.get()) {
                        client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
                        assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ");
                        answered++;
                    }
                }
                return answered;
            };
            List<Future<Integer>> loads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                loads.add(clients.submit(load));
            }
            for (int i = 0; i < 20; i++) {
                pair.ingressIdentity.set(AUTHORITY.svid("/ingress"));
                pair.sidecarIdentity.set(AUTHORITY.svid("/sidecar/forge"));
                assertThat(pair.get()).startsWith("HTTP/1.1 200 ");
            }
            rotating.set(false);
            for (Future<Integer> answered : loads) {
                assertThat(answered.get()).isPositive();
            }
        }
    }
}
