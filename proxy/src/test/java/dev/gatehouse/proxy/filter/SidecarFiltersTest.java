package dev.gatehouse.proxy.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.cause.AuditCause;
import dev.gatehouse.core.cause.Cause;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.cause.PolicyCause;
import dev.gatehouse.core.cause.RequestCause;
import dev.gatehouse.core.cause.WireCause;
import dev.gatehouse.core.git.GitPhase;
import dev.gatehouse.core.handover.DecodedHandover;
import dev.gatehouse.core.handover.Handover;
import dev.gatehouse.core.handover.HandoverCodec;
import dev.gatehouse.core.identity.AuthenticationMethod;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.policy.Action;
import dev.gatehouse.core.snapshot.Revocations;
import dev.gatehouse.core.snapshot.Snapshot;
import dev.gatehouse.proxy.exchange.FakeExchange;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.exchange.Peer;
import dev.gatehouse.proxy.exchange.Upstream;
import dev.gatehouse.proxy.git.CapturedBody;
import dev.gatehouse.proxy.git.GitBodies;
import dev.gatehouse.proxy.git.GitBodyLimits;
import dev.gatehouse.proxy.git.GitExchange;
import dev.gatehouse.proxy.identity.AssertionSigner;
import dev.gatehouse.proxy.identity.AssertionVerifier;
import dev.gatehouse.proxy.identity.TestIdentities;
import dev.gatehouse.proxy.testing.Changing;
import dev.gatehouse.proxy.tls.Svid;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class SidecarFiltersTest {
    private static final Svid INGRESS = TestPeers.svid(TestRules.INGRESS);
    private static final AssertionSigner SIGNER = new AssertionSigner(new Changing.Svids(INGRESS), () -> TestPeers.NOW);
    private static final Upstream FORGE = new Upstream.UnixSocket("forge", "/run/forge.sock");
    private static final String DISCOVERY = "/demo/hello.git/info/refs?service=git-upload-pack";
    private static final String FETCH = "/demo/hello.git/git-upload-pack";
    private static final String PUSH = "/demo/hello.git/git-receive-pack";
    private static final String CAPABILITIES = "\0report-status side-band-64k object-format=sha1 agent=git/2.39.5";
    private static final String ATOMIC = CAPABILITIES + " atomic";
    private static final String A = "a".repeat(40);
    private static final String B = "b".repeat(40);
    private static final String PACK = "PACK\0\0\0\2";

    private final CapturedBody passed = new CapturedBody();
    private Revocations revocations = Revocations.NONE;
    private boolean journalAccepts = true;

    @Test
    void theForgeIsToldWhoThroughWhomAndWhy() {
        FakeExchange exchange = run("bob", "GET", DISCOVERY, "x-forwarded-for", "203.0.113.9:1");
        assertThat(exchange.failure()).isEmpty();
        assertThat(exchange.forwarded().orElseThrow().upstream()).isEqualTo(FORGE);
        assertThat(HandoverCodec.decode(exchange.head().headers().get("gatehouse-handover")))
                .isInstanceOfSatisfying(DecodedHandover.Decoded.class, decoded -> {
                    Handover handover = decoded.handover();
                    assertThat(handover.caller()).hasValue(person("bob"));
                    assertThat(handover.path()).containsExactly(TestRules.INGRESS, TestRules.SIDECAR);
                    assertThat(handover.clientAddress()).isEqualTo("203.0.113.9:1");
                    assertThat(handover.rule().id()).isEqualTo("bob-reads");
                    assertThat(handover.policyVersion()).isEqualTo(TestRules.POLICY.version());
                });
        assertThat(exchange.head().headers().contains("gatehouse-assertion")).isFalse();
    }

    @Test
    void aHandoverThatCameFromOutsideIsReplaced() {
        FakeExchange exchange = run("bob", "GET", DISCOVERY, "Gatehouse-Handover", "forged", "gatehouse_handover", "x");
        assertThat(exchange.head().headers().getAll("gatehouse-handover"))
                .hasSize(1)
                .doesNotContain("forged");
        assertThat(exchange.head().headers().contains("gatehouse_handover")).isFalse();
    }

    @Test
    void withoutAnAssertionOnlyPublicPagesAreServed() {
        assertThat(cause(run(TestPeers.peer(INGRESS), "GET", DISCOVERY))).hasValue(IdentityCause.ASSERTION_MISSING);
        assertThat(cause(run(TestPeers.peer(INGRESS), "GET", "/settings"))).hasValue(IdentityCause.ASSERTION_MISSING);
        FakeExchange page = run(TestPeers.peer(INGRESS), "GET", "/demo/hello");
        assertThat(page.failure()).isEmpty();
        assertThat(page.head().headers().get("gatehouse-handover")).contains("caller=nobody");
    }

    @Test
    void anAssertionCountsOnlyOverAVerifiedConnectionOfItsSigner() {
        String assertion = SIGNER.assertionFor(person("bob"), TestRules.SIDECAR);
        assertThat(cause(run(new Peer.Anonymous(), "GET", DISCOVERY, "gatehouse-assertion", assertion)))
                .hasValue(IdentityCause.PEER_CERTIFICATE_MISSING);
        assertThat(cause(run(TestPeers.verified("/shop"), "GET", DISCOVERY, "gatehouse-assertion", assertion)))
                .hasValue(IdentityCause.ASSERTION_INVALID);
        assertThat(cause(run(
                        TestPeers.peer(INGRESS),
                        "GET",
                        DISCOVERY,
                        "gatehouse-assertion",
                        assertion,
                        "gatehouse-assertion",
                        assertion)))
                .hasValue(IdentityCause.ASSERTION_INVALID);
    }

    @Test
    void aRevocationCountsHereToo() {
        revocations = new Revocations(Set.of(), Set.of("tok_bob"));
        assertThat(cause(run("bob", "GET", DISCOVERY))).hasValue(IdentityCause.REVOKED);
    }

    @Test
    void nothingIsServedToGitWhileNothingCanBeRecorded() {
        journalAccepts = false;
        assertThat(cause(run("bob", "GET", DISCOVERY))).hasValue(AuditCause.JOURNAL_UNAVAILABLE);
    }

    @Test
    void aFetchPassesUnchanged() {
        FakeExchange exchange = post("bob", FETCH);
        String body = pkt("command=fetch") + "0001" + pkt("want " + A) + pkt("done") + "0000";
        exchange.body(bytes(body), passed);
        assertThat(exchange.failure()).isEmpty();
        assertThat(exchange.forwarded()).isPresent();
        assertThat(passedText()).isEqualTo(body);
        assertThat(passed.ended()).isTrue();
        assertThat(exchange.responseInspector()).isPresent();
    }

    @Test
    void aFetchIsDecidedOnBeforeItIsRead() {
        FakeExchange exchange = post("mallory", FETCH);
        assertThat(exchange.failure())
                .map(Failure::message)
                .hasValue("mallory may not read demo/hello: no rule allows it");
        assertThat(exchange.forwarded()).isEmpty();
    }

    @Test
    void anUnknownCommandIsRefused() {
        FakeExchange exchange = post("bob", FETCH);
        exchange.body(bytes(pkt("command=steal") + "0000"), passed);
        assertThat(cause(exchange)).hasValue(WireCause.COMMAND_UNKNOWN);
        assertThat(passedText()).isEmpty();
        assertThat(passed.ended()).isFalse();
    }

    @Test
    void aCompressedFetchIsInspectedAndForwardedInflated() {
        FakeExchange exchange = post("bob", FETCH, "content-encoding", "gzip", "content-length", "99");
        String body = pkt("command=fetch") + "0001" + pkt("want " + A) + pkt("done") + "0000";
        exchange.body(Unpooled.wrappedBuffer(gzip(body)), passed);
        assertThat(exchange.failure()).isEmpty();
        assertThat(passedText()).isEqualTo(body);
        assertThat(exchange.head().headers().contains("content-encoding")).isFalse();
        assertThat(exchange.head().headers().contains("content-length")).isFalse();
    }

    @Test
    void aBadCommandIsSeenInACompressedFetchToo() {
        FakeExchange exchange = post("bob", FETCH, "content-encoding", "x-gzip");
        exchange.body(Unpooled.wrappedBuffer(gzip(pkt("command=steal") + "0000")), passed);
        assertThat(cause(exchange)).hasValue(WireCause.COMMAND_UNKNOWN);
    }

    @Test
    void aBombIsRefused() {
        FakeExchange exchange = post("alice", PUSH, "content-encoding", "gzip");
        exchange.body(Unpooled.wrappedBuffer(gzip("0".repeat(40 << 20))), passed);
        assertThat(exchange.failure()).isPresent();
        assertThat(passedText()).isEmpty();
    }

    @Test
    void otherEncodingsAreRefused() {
        assertThat(cause(post("bob", FETCH, "content-encoding", "br"))).hasValue(RequestCause.UNSUPPORTED_ENCODING);
        assertThat(cause(post("bob", FETCH, "content-encoding", "gzip", "content-encoding", "gzip")))
                .hasValue(RequestCause.UNSUPPORTED_ENCODING);
    }

    @Test
    void anotherContentTypeIsRefused() {
        FakeExchange exchange = run("bob", "POST", FETCH, "content-type", "application/x-git-receive-pack-request");
        assertThat(cause(exchange)).hasValue(RequestCause.CONTENT_TYPE_WRONG);
    }

    @Test
    void aPushIsHeldUntilItsRefsAreKnown() {
        FakeExchange exchange = post("alice", PUSH);
        assertThat(exchange.forwarded()).isEmpty();
        String body = pkt(A + " " + B + " refs/heads/topic" + CAPABILITIES) + "0000" + PACK;
        exchange.body(bytes(body), passed);
        assertThat(exchange.failure()).isEmpty();
        assertThat(exchange.forwarded().orElseThrow().accessRequest().action()).isEqualTo(Action.PUSH);
        assertThat(passedText()).isEqualTo(body);
        assertThat(passed.ended()).isTrue();
        assertThat(exchange.attribute(GitExchange.PUSH).orElseThrow()).isInstanceOf(GitPhase.Push.class);
    }

    @Test
    void aDeniedPushIsRefusedWithoutAByteForwarded() {
        FakeExchange exchange = post("alice", PUSH);
        exchange.body(bytes(pkt(A + " " + B + " refs/heads/main" + CAPABILITIES) + "0000" + PACK), passed);
        assertThat(cause(exchange)).hasValue(PolicyCause.FORBIDDEN_BY_RULE);
        assertThat(exchange.forwarded()).isEmpty();
        assertThat(passedText()).isEmpty();
        assertThat(exchange.attribute(GitExchange.PUSH_REFUSALS).orElseThrow().failures())
                .hasSize(1);
        assertThat(exchange.decisions()).hasSize(1);
    }

    @Test
    void oneDeniedRefAmongSeveralIsLeftToTheRefGate() {
        FakeExchange exchange = post("alice", PUSH);
        String body = pkt(A + " " + B + " refs/heads/main" + CAPABILITIES) + pkt(A + " " + B + " refs/heads/topic")
                + "0000" + PACK;
        exchange.body(bytes(body), passed);
        assertThat(exchange.failure()).isEmpty();
        assertThat(passedText()).isEqualTo(body);
        assertThat(exchange.decisions()).hasSize(2);
    }

    @Test
    void oneDeniedRefRefusesAnAtomicPush() {
        FakeExchange exchange = post("alice", PUSH);
        exchange.body(
                bytes(pkt(A + " " + B + " refs/heads/topic" + ATOMIC) + pkt(A + " " + B + " refs/heads/main") + "0000"
                        + PACK),
                passed);
        assertThat(cause(exchange)).hasValue(PolicyCause.FORBIDDEN_BY_RULE);
        assertThat(exchange.attribute(GitExchange.PUSH_REFUSALS).orElseThrow().failures())
                .hasSize(2);
        assertThat(passedText()).isEmpty();
    }

    @Test
    void aProbeIsAnsweredHere() {
        FakeExchange exchange = post("alice", PUSH);
        exchange.body(bytes("0000"), passed);
        assertThat(exchange.answered().orElseThrow().status()).isEqualTo(200);
        assertThat(exchange.answered().orElseThrow().body()).isEmpty();
        assertThat(exchange.forwarded()).isEmpty();
        assertThat(passedText()).isEmpty();
    }

    @Test
    void aDuplicateRefIsRefused() {
        FakeExchange exchange = post("alice", PUSH);
        String command = A + " " + B + " refs/heads/topic";
        exchange.body(bytes(pkt(command + CAPABILITIES) + pkt(command) + "0000"), passed);
        assertThat(cause(exchange)).hasValue(WireCause.DUPLICATE_REF);
        assertThat(passedText()).isEmpty();
    }

    @Test
    void aPushThatEndsInItsHeadIsRefused() {
        FakeExchange exchange = post("alice", PUSH);
        exchange.body(bytes(pkt(A + " " + B + " refs/heads/topic" + CAPABILITIES)), passed);
        assertThat(cause(exchange)).hasValue(WireCause.PUSH_CUT_OFF);
    }

    @Test
    void aFirstPushMayCreateItsRepository() {
        FakeExchange exchange = run(
                "alice",
                "POST",
                "/alice/new.git/git-receive-pack",
                "content-type",
                "application/x-git-receive-pack-request");
        exchange.body(bytes(pkt("0".repeat(40) + " " + B + " refs/heads/main" + CAPABILITIES) + "0000" + PACK), passed);
        assertThat(exchange.failure()).isEmpty();
        assertThat(exchange.forwarded().orElseThrow().accessRequest().action()).isEqualTo(Action.CREATE);
    }

    @Test
    void anApplicationIsToldNothingAndRuledAsAService() {
        Snapshot snapshot = TestRules.snapshot(revocations);
        Upstream shop = new Upstream.Tcp("shop", "127.0.0.1", 8080);
        List<Filter> chain =
                SidecarFilters.forApplication(shop, verifier(), TestRules.source(snapshot), TestRules.journal(true));
        FakeExchange bob = exchange(snapshot, "bob", "GET", "/shop/cart").run(chain);
        assertThat(bob.failure()).isEmpty();
        assertThat(bob.forwarded().orElseThrow().upstream()).isEqualTo(shop);
        assertThat(bob.head().headers().contains("gatehouse-handover")).isFalse();
        assertThat(bob.head().headers().contains("gatehouse-assertion")).isFalse();
        FakeExchange alice = exchange(snapshot, "alice", "GET", "/shop/cart").run(chain);
        assertThat(cause(alice)).hasValue(PolicyCause.NOT_ALLOWED);
        FakeExchange nobody = new FakeExchange(snapshot, TestPeers.peer(INGRESS), "GET", "/").run(chain);
        assertThat(cause(nobody)).hasValue(IdentityCause.ASSERTION_MISSING);
    }

    private FakeExchange post(String who, String target, String... more) {
        String service = target.substring(target.lastIndexOf('/') + 1);
        String[] headers = new String[more.length + 2];
        headers[0] = "content-type";
        headers[1] = "application/x-" + service + "-request";
        System.arraycopy(more, 0, headers, 2, more.length);
        return run(who, "POST", target, headers);
    }

    private FakeExchange run(String who, String method, String target, String... headers) {
        Snapshot snapshot = TestRules.snapshot(revocations);
        FakeExchange exchange = exchange(snapshot, who, method, target, headers);
        return exchange.run(chain(snapshot));
    }

    private FakeExchange run(Peer peer, String method, String target, String... headers) {
        Snapshot snapshot = TestRules.snapshot(revocations);
        return new FakeExchange(snapshot, peer, method, target, headers).run(chain(snapshot));
    }

    private static FakeExchange exchange(
            Snapshot snapshot, String who, String method, String target, String... headers) {
        FakeExchange exchange = new FakeExchange(snapshot, TestPeers.peer(INGRESS), method, target, headers);
        exchange.head()
                .headers()
                .set("Gatehouse-Assertion", SIGNER.assertionFor(person(who), TestRules.SIDECAR))
                .set("git-protocol", "version=2");
        return exchange;
    }

    private List<Filter> chain(Snapshot snapshot) {
        return SidecarFilters.forForge(
                TestRules.SIDECAR,
                FORGE,
                verifier(),
                TestRules.source(snapshot),
                TestRules.journal(journalAccepts),
                new GitBodies(GitBodyLimits.DEFAULT, UnpooledByteBufAllocator.DEFAULT));
    }

    private static AssertionVerifier verifier() {
        return new AssertionVerifier(TestRules.SIDECAR, TestIdentities::nobodysBundle, () -> TestPeers.NOW);
    }

    private static Caller person(String name) {
        Set<String> groups = name.equals("alice") ? Set.of("maintainers") : Set.of();
        return new Caller(
                Principal.Person.local(name, groups),
                AuthenticationMethod.ACCESS_TOKEN,
                "tok_" + name,
                TestPeers.NOW.plusSeconds(3600));
    }

    private static Optional<Cause> cause(FakeExchange exchange) {
        return exchange.failure().map(Failure::cause);
    }

    private String passedText() {
        return new String(passed.bytes(), StandardCharsets.ISO_8859_1);
    }

    private static String pkt(String line) {
        return String.format("%04x", line.length() + 5) + line + "\n";
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] gzip(String plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
