package dev.gatehouse.proxy.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.cause.AuditCause;
import dev.gatehouse.core.cause.Cause;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.cause.PolicyCause;
import dev.gatehouse.core.cause.RequestCause;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.core.cause.WireCause;
import dev.gatehouse.core.identity.AuthenticationMethod;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Credential;
import dev.gatehouse.core.identity.Introspection;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.snapshot.Revocations;
import dev.gatehouse.core.snapshot.Route;
import dev.gatehouse.core.snapshot.Snapshot;
import dev.gatehouse.proxy.exchange.FakeExchange;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.exchange.ForwardRequest;
import dev.gatehouse.proxy.exchange.Peer;
import dev.gatehouse.proxy.git.GitBodies;
import dev.gatehouse.proxy.git.GitBodyLimits;
import dev.gatehouse.proxy.identity.AssertionSigner;
import dev.gatehouse.proxy.identity.AssertionVerifier;
import dev.gatehouse.proxy.identity.CallerIdentity;
import dev.gatehouse.proxy.identity.IntrospectionCache;
import dev.gatehouse.proxy.identity.IntrospectionLimits;
import dev.gatehouse.proxy.identity.TestIdentities;
import dev.gatehouse.proxy.testing.Changing;
import dev.gatehouse.proxy.tls.Svid;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeFiltersTest {
    private static final Instant NOW = TestPeers.NOW;
    private static final Svid SVID = TestPeers.svid(TestRules.INGRESS);
    private static final String DISCOVERY = "/demo/hello.git/info/refs?service=git-upload-pack";
    private static final String PUSH_DISCOVERY = "/demo/hello.git/info/refs?service=git-receive-pack";

    private Revocations revocations = Revocations.NONE;
    private boolean journalAccepts = true;

    @Test
    void aReaderIsForwardedWithAnAssertionAndWithoutTheCredential() {
        FakeExchange exchange = run("GET", DISCOVERY, basic("bob"));
        assertThat(exchange.failure()).isEmpty();
        ForwardRequest forwarded = exchange.forwarded().orElseThrow();
        assertThat(forwarded.target()).isEqualTo(DISCOVERY);
        assertThat(forwarded.upstream().service()).isEqualTo("forge");
        assertThat(exchange.head().headers().contains("authorization")).isFalse();
        assertThat(new AssertionVerifier(TestRules.SIDECAR, TestIdentities::nobodysBundle, () -> NOW)
                        .verify(exchange.head().headers().get("gatehouse-assertion"), TestPeers.peer(SVID)))
                .isEqualTo(new CallerIdentity.Established(person("bob")));
        assertThat(exchange.facts().caller()).hasValue(person("bob"));
        assertThat(exchange.operation()).isEqualTo("discover git-upload-pack");
        assertThat(exchange.decisions())
                .singleElement()
                .satisfies(decision -> assertThat(decision.rule().id()).isEqualTo("bob-reads"));
    }

    @Test
    void theAddressTheEdgeSawGoesOnAndWhatTheClientClaimedDoesNot() {
        FakeExchange exchange = run(
                "GET", DISCOVERY, "authorization", basic("bob")[1], "x-forwarded-for", "10.0.0.1", "X-Real-IP", "1");
        assertThat(exchange.head().headers().getAll("x-forwarded-for")).containsExactly("192.0.2.7:4711");
        assertThat(exchange.head().headers().contains("x-real-ip")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Gatehouse-Assertion",
                "gatehouse_assertion",
                "GATEHOUSE-HANDOVER",
                "X-WebAuth-User",
                "x_webauth_user",
                "Remote-User",
                "X-Forwarded-User",
                "Forwarded"
            })
    void aHeaderThatClaimsAnIdentityIsRemoved(String name) {
        FakeExchange exchange = run("GET", "/", name, "root");
        assertThat(exchange.forwarded()).isPresent();
        assertThat(exchange.head().headers().contains(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                DISCOVERY,
                PUSH_DISCOVERY,
                "/no/such.git/info/refs?service=git-upload-pack",
                "/api/v1/user",
                "/demo/hello/settings",
                "/shop/cart"
            })
    void withoutACredentialTheAnswerIsTheSameWhateverIsThere(String target) {
        FakeExchange exchange = run("GET", target);
        assertThat(exchange.failure()).hasValue(IdentityCause.NO_CREDENTIAL.with());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/-/sign-in", "/-/health", "/demo/hello", "/no/such"})
    void publicPagesNeedNoCredential(String target) {
        FakeExchange exchange = run("GET", target);
        assertThat(exchange.failure()).isEmpty();
        assertThat(exchange.forwarded()).isPresent();
        assertThat(exchange.head().headers().contains("gatehouse-assertion")).isFalse();
    }

    @Test
    void aRepositoryPageIsPublicToReadersOnly() {
        assertThat(run("POST", "/demo/hello").failure()).hasValue(IdentityCause.NO_CREDENTIAL.with());
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            alice   | /demo/hello.git/info/refs?service=git-receive-pack  | permit developers-push
            alice   | /alice/new.git/info/refs?service=git-receive-pack   | permit alice-creates
            alice   | /other/x.git/info/refs?service=git-receive-pack     | alice may not push any ref of other/x: no rule allows it
            bob     | /demo/hello.git/info/refs?service=git-receive-pack  | bob may not push any ref of demo/hello: no rule allows it
            mallory | /demo/hello.git/info/refs?service=git-upload-pack   | mallory may not read demo/hello: no rule allows it
            mallory | /demo/none.git/info/refs?service=git-upload-pack    | mallory may not read demo/none: no rule allows it
            mallory | /settings                                           | permit built-in
            bob     | /shop/cart                                          | permit bob-calls
            bob     | /shop                                               | permit bob-calls
            alice   | /shop/cart                                          | alice may not call service shop: no rule allows it
            """)
    void theRulesDecideEarly(String who, String target, String expected) {
        FakeExchange exchange = run("GET", target, basic(who));
        if (expected.startsWith("permit ")) {
            assertThat(exchange.failure()).isEmpty();
            assertThat(exchange.forwarded()).isPresent();
            if (!expected.endsWith("built-in")) {
                assertThat(exchange.decisions())
                        .singleElement()
                        .satisfies(decision ->
                                assertThat("permit " + decision.rule().id()).isEqualTo(expected));
            }
        } else {
            assertThat(exchange.failure()).map(Failure::message).hasValue(expected);
            assertThat(exchange.failure()
                            .map(failure -> failure.cause().definition().httpStatus()))
                    .hasValue(403);
            assertThat(exchange.decisions()).hasSize(1);
            assertThat(exchange.forwarded()).isEmpty();
        }
    }

    @Test
    void theLongestRouteWinsByWholeSegments() {
        List<Route> routes = TestRules.snapshot(Revocations.NONE).routes();
        assertThat(RouteFilter.longest(routes, "/shop/x")).map(Route::service).hasValue("shop");
        assertThat(RouteFilter.longest(routes, "/shop")).map(Route::service).hasValue("shop");
        assertThat(RouteFilter.longest(routes, "/shopping")).map(Route::service).hasValue("forge");
        assertThat(RouteFilter.longest(List.of(routes.get(1)), "/")).isEmpty();
    }

    @Test
    void withoutARouteTheCauseSaysSo() {
        Snapshot whole = TestRules.snapshot(Revocations.NONE);
        Snapshot without = new Snapshot(whole.policy(), List.of(), whole.peers(), whole.bundle(), whole.revocations());
        FakeExchange exchange =
                new FakeExchange(without, new Peer.Anonymous(), "GET", DISCOVERY, basic("bob")).run(chain(without));
        assertThat(cause(exchange)).hasValue(TrafficCause.NO_ROUTE);
    }

    @Test
    void aWorkloadIsKnownByItsCertificate() {
        FakeExchange exchange = run(TestPeers.verified("/workload/ci-runner"), "GET", DISCOVERY);
        assertThat(exchange.failure()).isEmpty();
        assertThat(exchange.facts().caller().map(Caller::method)).hasValue(AuthenticationMethod.CLIENT_CERTIFICATE);
        assertThat(exchange.decisions().getFirst().rule().id()).isEqualTo("ci-reads");
    }

    @Test
    void aCertificateThatDoesNotCountIsARefusalThatCanBeRead() {
        Failure foreign = IdentityCause.FOREIGN_TRUST_DOMAIN.with("peer", "spiffe://evil/x", "ours", "gatehouse.test");
        Peer rejected = new Peer.Rejected(Optional.empty(), List.of(), foreign);
        assertThat(run(rejected, "GET", DISCOVERY, basic("bob")).failure()).hasValue(foreign);
    }

    @Test
    void aCertificateAndACredentialOfDifferentPrincipalsAreRefused() {
        FakeExchange exchange = run(TestPeers.verified("/workload/ci-runner"), "GET", DISCOVERY, basic("bob"));
        assertThat(exchange.failure())
                .hasValue(IdentityCause.TWO_IDENTITIES.with(
                        "certificate", "spiffe://gatehouse.test/workload/ci-runner", "credential", "bob"));
    }

    @Test
    void aBadCredentialIsRefusedAlsoBesideAGoodCertificateAndOnPublicPages() {
        assertThat(cause(run(TestPeers.verified("/workload/ci-runner"), "GET", DISCOVERY, basic("nobody"))))
                .hasValue(IdentityCause.BAD_CREDENTIAL);
        assertThat(cause(run("GET", "/", basic("nobody")))).hasValue(IdentityCause.BAD_CREDENTIAL);
    }

    @Test
    void twoAuthorizationLinesAreRefused() {
        FakeExchange exchange =
                run("GET", DISCOVERY, "authorization", basic("bob")[1], "authorization", basic("bob")[1]);
        assertThat(cause(exchange)).hasValue(IdentityCause.MALFORMED_AUTHORIZATION);
    }

    @Test
    void aRevokedPrincipalIsOutByWhateverProof() {
        revocations = new Revocations(Set.of("local|bob", "spiffe://gatehouse.test/workload/ci-runner"), Set.of());
        assertThat(cause(run("GET", DISCOVERY, basic("bob")))).hasValue(IdentityCause.REVOKED);
        assertThat(cause(run(TestPeers.verified("/workload/ci-runner"), "GET", DISCOVERY)))
                .hasValue(IdentityCause.REVOKED);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "GET, /demo%2Fhello.git/info/refs?service=git-upload-pack",
        "GET, /demo/../demo/hello.git/info/refs?service=git-upload-pack",
        "GET, //demo/hello.git/info/refs?service=git-upload-pack",
        "GET, /Demo/Hello.git/info/refs?service=git-upload-pack",
        "GET, /demo/hello.git/info/refs?service=git-upload-pack&service=git-receive-pack",
        "GET, /demo/hello.git/info/refs?service=git-upload-archive",
        "GET, /demo/hello.git/info/refs",
        "GET, /demo/hello.git/HEAD",
        "POST, /demo/hello.git/info/refs?service=git-upload-pack",
        "GET, /demo/hello.git/git-receive-pack"
    })
    void whatTwoServersCouldReadInTwoWaysIsRefusedBeforeAnythingElse(String method, String target) {
        FakeExchange exchange = run(method, target, basic("bob"));
        assertThat(cause(exchange).orElseThrow())
                .isIn(
                        RequestCause.PATH_NOT_CANONICAL,
                        RequestCause.METHOD_NOT_ALLOWED,
                        WireCause.SERVICE_AMBIGUOUS,
                        WireCause.DUMB_PROTOCOL);
        assertThat(exchange.facts().caller()).isEmpty();
    }

    @Test
    void gitAndChangesAreRefusedWhileNothingCanBeRecorded() {
        journalAccepts = false;
        assertThat(cause(run("GET", DISCOVERY, basic("bob")))).hasValue(AuditCause.JOURNAL_UNAVAILABLE);
        assertThat(cause(run("POST", "/-/x"))).hasValue(AuditCause.JOURNAL_UNAVAILABLE);
        assertThat(run("GET", "/").failure()).isEmpty();
    }

    @Test
    void theRulesCauseIsThePolicysOwn() {
        assertThat(cause(run("GET", DISCOVERY, basic("mallory")))).hasValue(PolicyCause.NOT_ALLOWED);
    }

    private FakeExchange run(String method, String target, String... headers) {
        return run(new Peer.Anonymous(), method, target, headers);
    }

    private FakeExchange run(Peer peer, String method, String target, String... headers) {
        Snapshot snapshot = TestRules.snapshot(revocations);
        return new FakeExchange(snapshot, peer, method, target, headers).run(chain(snapshot));
    }

    private List<Filter> chain(Snapshot snapshot) {
        AuditJournal journal = TestRules.journal(journalAccepts);
        IntrospectionCache cache = new IntrospectionCache(
                credential -> CompletableFuture.completedFuture(control(credential)),
                snapshot::revocations,
                () -> NOW,
                new SecureRandom(),
                IntrospectionLimits.DEFAULT);
        return EdgeFilters.ingress(
                Set.of("forge"),
                cache,
                new AssertionSigner(new Changing.Svids(SVID), () -> NOW),
                TestRules.source(snapshot),
                journal,
                new GitBodies(GitBodyLimits.DEFAULT, UnpooledByteBufAllocator.DEFAULT));
    }

    private static Introspection control(Credential credential) {
        String name = ((Credential.Basic) credential).username();
        return name.equals("nobody")
                ? new Introspection.Inactive(IdentityCause.BAD_CREDENTIAL.with())
                : new Introspection.Active(person(name));
    }

    private static Caller person(String name) {
        Set<String> groups = name.equals("alice") ? Set.of("maintainers") : Set.of();
        return new Caller(
                Principal.Person.local(name, groups),
                AuthenticationMethod.ACCESS_TOKEN,
                "tok_" + name,
                NOW.plusSeconds(3600));
    }

    private static Optional<Cause> cause(FakeExchange exchange) {
        return exchange.failure().map(Failure::cause);
    }

    private static String[] basic(String name) {
        byte[] pair = (name + ":ght_secret").getBytes(StandardCharsets.UTF_8);
        return new String[] {"authorization", "Basic " + Base64.getEncoder().encodeToString(pair)};
    }
}
