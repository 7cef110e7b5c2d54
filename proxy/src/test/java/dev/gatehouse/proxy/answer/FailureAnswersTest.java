package dev.gatehouse.proxy.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.cause.PolicyCause;
import dev.gatehouse.core.cause.RequestCause;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.core.git.GitPhase;
import dev.gatehouse.core.git.PushCapabilities;
import dev.gatehouse.core.repository.RefName;
import dev.gatehouse.core.snapshot.Revocations;
import dev.gatehouse.proxy.exchange.Answer;
import dev.gatehouse.proxy.exchange.FakeExchange;
import dev.gatehouse.proxy.exchange.Peer;
import dev.gatehouse.proxy.filter.TestRules;
import dev.gatehouse.proxy.git.GitExchange;
import dev.gatehouse.proxy.git.PushRefusals;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureAnswersTest {
    private static final FailureAnswers ANSWERS = new FailureAnswers("https://git.test/-/sign-in");
    private static final Failure DENIED =
            PolicyCause.NOT_ALLOWED.with("principal", "mallory", "action", "read", "resource", "demo/hello");
    private static final Failure DOWN =
            TrafficCause.UPSTREAM_REFUSED.with("service", "forge", "address", "/run/forge.sock");
    private static final String DISCOVERY = "/demo/hello.git/info/refs?service=git-upload-pack";
    private static final String FETCH = "/demo/hello.git/git-upload-pack";
    private static final String PUSH = "/demo/hello.git/git-receive-pack";
    private static final String BROWSER = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";

    @Test
    void aDenialAtDiscoveryIs403WithLinesForTheTerminal() {
        FakeExchange exchange = exchange("GET", DISCOVERY);
        Answer answer = ANSWERS.render(exchange, DENIED);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(header(answer, "content-type")).containsExactly("text/plain; charset=utf-8");
        assertThat(text(answer)).isEqualTo("""
                GATE-2002 mallory may not read demo/hello: no rule allows it
                what to do: ask an administrator for access, or use another identity
                trace %s
                """.formatted(exchange.trace().traceId()));
        assertThat(header(answer, "www-authenticate")).isEmpty();
    }

    @Test
    void noCredentialIs401WithTheChallengesOnLinesOfTheirOwn() {
        Answer answer = ANSWERS.render(exchange("GET", DISCOVERY), IdentityCause.NO_CREDENTIAL.with());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(header(answer, "www-authenticate")).containsExactly("Basic realm=\"Gatehouse\"", "Bearer");
        assertThat(text(answer)).contains("what to do: sign in: https://git.test/-/sign-in\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {DISCOVERY, FETCH, PUSH})
    void anExpiredTokenIs401EverywhereSoThatGitAsksAgain(String target) {
        Failure expired = IdentityCause.EXPIRED_TOKEN.with("token", "tok_1", "expired", "2026-03-01");
        Answer answer = ANSWERS.render(posted(target), expired);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(header(answer, "www-authenticate"))
                .containsExactly("Basic realm=\"Gatehouse\"", "Bearer error=\"invalid_token\"");
        assertThat(header(answer, "content-type")).containsExactly("text/plain; charset=utf-8");
        assertThat(text(answer)).contains("get a new one: https://git.test/-/sign-in");
    }

    @Test
    void aFaultAtAFetchIs200InGitsOwnWords() {
        Answer answer = ANSWERS.render(posted(FETCH), DOWN);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(header(answer, "content-type")).containsExactly("application/x-git-upload-pack-result");
        assertThat(text(answer).substring(4))
                .startsWith("ERR GATE-5001 forge is down: /run/forge.sock refuses connections\n");
    }

    @Test
    void aFaultAtAPushThatWasNotReadIs200WithAFatalMessage() {
        Answer answer = ANSWERS.render(posted(PUSH), DOWN);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(header(answer, "content-type")).containsExactly("application/x-git-receive-pack-result");
        assertThat(text(answer).substring(4)).startsWith("\u0003GATE-5001 forge is down");
    }

    @Test
    void aFaultAtAPushThatWasReadIsReportedForEachRef() {
        FakeExchange exchange = posted(PUSH);
        exchange.attribute(
                GitExchange.PUSH, new GitPhase.Push(capabilities(), List.of(new RefName("refs/heads/main"))));
        Answer answer = ANSWERS.render(exchange, DOWN);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(text(answer))
                .contains("unpack GATE-5001 forge is down")
                .contains("ng refs/heads/main GATE-5001 forge is down");
    }

    @Test
    void aDeniedPushHasAReasonOfItsOwnForEachRef() {
        FakeExchange exchange = posted(PUSH);
        Failure forbidden = PolicyCause.FORBIDDEN_BY_RULE.with(
                "principal",
                "alice",
                "action",
                "push",
                "resource",
                "refs/heads/main of demo/hello",
                "rule",
                "main-is-protected",
                "file",
                "policy.yaml",
                "line",
                "3",
                "explain",
                "");
        exchange.attribute(
                GitExchange.PUSH_REFUSALS,
                new PushRefusals(capabilities(), Map.of(new RefName("refs/heads/main"), forbidden)));
        String text = text(ANSWERS.render(exchange, forbidden));
        assertThat(text)
                .contains("unpack ok")
                .contains("ng refs/heads/main GATE-2001 alice may not push refs/heads/main of demo/hello")
                .contains("trace " + exchange.trace().traceId());
    }

    @ParameterizedTest(name = "{0} {1} of {2}")
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /demo/hello.git/info/refs?service=git-upload-pack | curl/8
            POST | /demo/hello.git/git-upload-pack                   | curl/8
            GET  | /Demo/Hello.git/info/refs?service=git-upload-pack | curl/8
            GET  | /demo/hello.git/HEAD                              | curl/8
            GET  | /demo//hello.git/info/refs                        | curl/8
            GET  | /whatever                                         | git/2.39.5
            """)
    void gitNeverGetsAPageWhateverItSaysItAccepts(String method, String target, String agent) {
        FakeExchange exchange = new FakeExchange(
                TestRules.snapshot(Revocations.NONE),
                new Peer.Anonymous(),
                method,
                target,
                "accept",
                BROWSER,
                "user-agent",
                agent);
        Answer answer = ANSWERS.render(exchange, DENIED);
        assertThat(header(answer, "content-type")).containsExactly("text/plain; charset=utf-8");
        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void aBrowserGetsAPageThatCanRunNothing() {
        Failure failure = RequestCause.NOT_FOUND.with("path", "/<script>alert('1')</script>");
        FakeExchange exchange = exchange("GET", "/demo/hello/x", "accept", BROWSER);
        Answer answer = ANSWERS.render(exchange, failure);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(header(answer, "content-type")).containsExactly("text/html; charset=utf-8");
        assertThat(header(answer, "content-security-policy"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .matches(
                        "default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]+'; frame-ancestors 'none'; base-uri 'none'");
        assertThat(text(answer))
                .contains("<h1>there is nothing at /&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;</h1>")
                .contains("<code>GATE-3002</code> · trace <code>"
                        + exchange.trace().traceId() + "</code>")
                .doesNotContain("<script");
    }

    @Test
    void aProgramGetsJsonWhereItAsksForIt() {
        FakeExchange exchange = exchange("GET", "/api/v1/user", "accept", "application/json");
        Answer answer = ANSWERS.render(exchange, DENIED);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(header(answer, "content-type")).containsExactly("application/json");
        assertThat(text(answer)).isEqualTo("""
                {"code":"GATE-2002","message":"mallory may not read demo/hello: no rule allows it",\
                "remedy":"ask an administrator for access, or use another identity","trace":"%s"}
                """.formatted(exchange.trace().traceId()));
    }

    @Test
    void everyoneElseGetsText() {
        Answer answer = ANSWERS.render(exchange("DELETE", "/api/v1/user", "accept", "*/*"), DENIED);
        assertThat(header(answer, "content-type")).containsExactly("text/plain; charset=utf-8");
    }

    @Test
    void aFaultThatPassesSaysWhenToTryAgain() {
        Answer answer = ANSWERS.render(exchange("GET", "/"), IdentityCause.IDENTITY_CHECK_BUSY.with());
        assertThat(answer.status()).isEqualTo(503);
        assertThat(header(answer, "retry-after")).containsExactly("5");
    }

    @Test
    void aWrongMethodIsToldTheRightOne() {
        Failure failure = RequestCause.METHOD_NOT_ALLOWED.with("method", "PUT", "path", FETCH, "allowed", "POST");
        assertThat(header(ANSWERS.render(exchange("PUT", FETCH), failure), "allow"))
                .containsExactly("POST");
    }

    private static PushCapabilities capabilities() {
        return new PushCapabilities(
                true,
                false,
                true,
                false,
                false,
                true,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static FakeExchange posted(String target) {
        String service = target.substring(target.lastIndexOf('/') + 1);
        return target.equals(DISCOVERY)
                ? exchange("GET", target)
                : exchange("POST", target, "content-type", "application/x-" + service + "-request");
    }

    private static FakeExchange exchange(String method, String target, String... headers) {
        return new FakeExchange(TestRules.snapshot(Revocations.NONE), new Peer.Anonymous(), method, target, headers);
    }

    private static List<String> header(Answer answer, String name) {
        return answer.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Answer.Header::value)
                .toList();
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
