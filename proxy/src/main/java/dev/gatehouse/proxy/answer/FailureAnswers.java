package dev.gatehouse.proxy.answer;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.git.FailureText;
import dev.gatehouse.core.git.GitRefusal;
import dev.gatehouse.core.repository.RefName;
import dev.gatehouse.core.trace.TraceId;
import dev.gatehouse.proxy.exchange.Answer;
import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.exchange.FailureRenderer;
import dev.gatehouse.proxy.git.GitExchange;
import dev.gatehouse.proxy.git.PushRefusals;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Renders failures: to Git in Git's own words, to the API as text or JSON, to a browser as a small page. The trace ID and {@code Proxy-Status} are
 * added by the exchange. Safe for all threads.
 */
public final class FailureAnswers implements FailureRenderer {
    private static final int UNAUTHORIZED = 401;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final String RETRY_SECONDS = "5";

    private final String signIn;

    /** @param signIn how to get a credential, in one line, for people: an address or a command */
    public FailureAnswers(String signIn) {
        this.signIn = signIn;
    }

    @Override
    public Answer render(Exchange exchange, Failure failure) {
        TraceId trace = exchange.trace().traceId();
        Failure told = complete(failure, trace);
        return withHeaders(
                told,
                switch (Channel.of(exchange)) {
                    case Channel.Git git -> git(exchange, git, told, trace);
                    case Channel.Json json -> FailureJson.of(told, trace);
                    case Channel.Page page -> FailurePage.of(told, trace);
                    case Channel.Text text -> Answer.text(status(told), FailureText.text(told, Optional.of(trace)));
                });
    }

    private Answer git(Exchange exchange, Channel.Git git, Failure failure, TraceId trace) {
        Optional<PushRefusals> refusals = exchange.attribute(GitExchange.PUSH_REFUSALS);
        GitRefusal refusal = refusals.isPresent()
                ? GitRefusal.ofRefs(
                        refusals.get().capabilities(), complete(refusals.get().failures(), trace), Optional.of(trace))
                : GitRefusal.of(git.phase(), failure, Optional.of(trace));
        return Answer.of(refusal.status(), refusal.contentType(), refusal.body());
    }

    private Map<RefName, Failure> complete(Map<RefName, Failure> failures, TraceId trace) {
        Map<RefName, Failure> completed = new LinkedHashMap<>();
        failures.forEach((ref, failure) -> completed.put(ref, complete(failure, trace)));
        return completed;
    }

    /** Adds what only the edge of the process knows: how to sign in here, and the trace. */
    private Failure complete(Failure failure, TraceId trace) {
        Map<String, String> facts = new LinkedHashMap<>(failure.facts());
        facts.putIfAbsent("signIn", signIn);
        facts.putIfAbsent("trace", trace.toString());
        return new Failure(failure.cause(), facts);
    }

    /** The challenges go out as lines of their own: credential helpers look for the line that begins with {@code Basic} (RFC 9110, 11.6.1). */
    private static Answer withHeaders(Failure failure, Answer answer) {
        return switch (answer.status()) {
            case UNAUTHORIZED ->
                answer.with("www-authenticate", "Basic realm=\"Gatehouse\"").with("www-authenticate", bearer(failure));
            case METHOD_NOT_ALLOWED -> answer.with("allow", failure.facts().getOrDefault("allowed", "GET"));
            case SERVICE_UNAVAILABLE -> answer.with("retry-after", RETRY_SECONDS);
            default -> answer;
        };
    }

    /** RFC 6750, section 3: an error code only where a credential was sent. */
    private static String bearer(Failure failure) {
        return failure.cause() == IdentityCause.NO_CREDENTIAL ? "Bearer" : "Bearer error=\"invalid_token\"";
    }

    private static int status(Failure failure) {
        return failure.cause().definition().httpStatus();
    }
}
