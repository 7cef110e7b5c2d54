package dev.gatehouse.core.audit;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.policy.RuleReference;
import java.util.Map;
import java.util.TreeMap;

/**
 * A record as one line of JSON, for {@code gatehouse audit tail --json} and for exports. Keys are stable: new ones may come, none changes its
 * meaning. What is not known is left out rather than null. Times are ISO 8601 in UTC; durations and byte counts carry their unit in the key.
 *
 * <p>Every line has {@code type} ({@code request}, {@code handshake}, {@code intent}, {@code outcome}, {@code operator}), {@code time}, and
 * {@code trace} where there is one.
 */
public final class AuditJson {
    private AuditJson() {}

    /** The line, without a line break. */
    public static String line(AuditRecord record) {
        return JsonLine.object(json -> {
            json.text("type", type(record));
            json.text("time", record.time().toString());
            record.trace().ifPresent(trace -> json.text("trace", trace.toString()));
            switch (record) {
                case RequestRecord request -> request(json, request);
                case HandshakeRecord handshake -> handshake(json, handshake);
                case IntentRecord intent -> intent(json, intent);
                case OutcomeRecord outcome -> outcome(json, outcome);
                case OperatorRecord operator -> operator(json, operator);
            }
        });
    }

    private static String type(AuditRecord record) {
        return switch (record) {
            case RequestRecord _ -> "request";
            case HandshakeRecord _ -> "handshake";
            case IntentRecord _ -> "intent";
            case OutcomeRecord _ -> "outcome";
            case OperatorRecord _ -> "operator";
        };
    }

    private static void request(JsonLine json, RequestRecord request) {
        json.text("role", request.role().label());
        json.text("span", request.context().spanId().toString());
        request.context().parentId().ifPresent(parent -> json.text("parentSpan", parent.toString()));
        request.context().link().ifPresent(link -> json.text("linkedTrace", link.toString()));
        request.caller().ifPresent(caller -> caller(json, caller));
        json.object("downstream", inner -> peer(inner, request.downstream()));
        request.upstream().ifPresent(upstream -> json.object("upstream", inner -> peer(inner, upstream)));
        json.text("method", request.method());
        json.text("path", request.path());
        json.text("operation", request.operation());
        request.repository().ifPresent(name -> json.text("repository", name.toString()));
        json.objects("decisions", request.decisions(), AuditJson::decision);
        if (request.status() > 0) {
            json.number("status", request.status());
        }
        request.failure().ifPresent(failure -> failure(json, failure));
        json.number("bytesIn", request.bytesIn());
        json.number("bytesOut", request.bytesOut());
        json.object("timing", inner -> timing(inner, request.timing()));
    }

    private static void handshake(JsonLine json, HandshakeRecord handshake) {
        json.text("role", handshake.role().label());
        json.flag("accepting", handshake.accepting());
        json.text("address", handshake.address());
        if (!handshake.identity().isEmpty()) {
            json.text("identity", handshake.identity());
        }
        failure(json, handshake.failure());
    }

    private static void intent(JsonLine json, IntentRecord intent) {
        json.text("push", intent.pushId());
        caller(json, intent.caller());
        json.text("repository", intent.repository().toString());
        json.text("repositoryId", intent.repositoryId());
        json.text("policy", intent.policyVersion().toString());
        json.objects("updates", intent.updates(), (inner, permitted) -> {
            inner.text("ref", permitted.update().ref().value());
            inner.text("old", permitted.update().oldId().hex());
            inner.text("new", permitted.update().newId().hex());
            inner.flag("forced", permitted.forced());
            rule(inner, permitted.rule());
        });
    }

    private static void outcome(JsonLine json, OutcomeRecord outcome) {
        json.text("push", outcome.pushId());
        json.flag("resolvedAfterRestart", outcome.resolvedAfterRestart());
        json.objects("results", outcome.results(), (inner, result) -> {
            inner.text("ref", result.ref().value());
            inner.flag("moved", result.moved());
            if (!result.detail().isEmpty()) {
                inner.text("detail", result.detail());
            }
        });
    }

    private static void operator(JsonLine json, OperatorRecord operator) {
        json.text("actor", operator.actor());
        json.text("act", operator.act());
        Map<String, String> sorted = new TreeMap<>(operator.details());
        json.texts("details", sorted);
    }

    private static void caller(JsonLine json, Caller caller) {
        json.object("caller", inner -> {
            inner.text("principal", caller.principal().key());
            inner.text("name", caller.principal().displayName());
            if (caller.principal() instanceof Principal.Person person) {
                inner.texts("groups", person.groups().stream().sorted().toList());
            }
            inner.text("method", caller.method().label());
            inner.text("credential", caller.credentialId());
            inner.text("expires", caller.expiresAt().toString());
        });
    }

    private static void peer(JsonLine json, RequestRecord.Peer peer) {
        json.text("address", peer.address());
        if (!peer.identity().isEmpty()) {
            json.text("identity", peer.identity());
        }
        if (!peer.tls().isEmpty()) {
            json.text("tls", peer.tls());
        }
    }

    private static void decision(JsonLine json, DecisionSummary decision) {
        json.flag("permitted", decision.permitted());
        json.text("action", decision.action());
        json.text("resource", decision.resource());
        rule(json, decision.rule());
        json.text("policy", decision.policyVersion().toString());
    }

    private static void rule(JsonLine json, RuleReference rule) {
        json.text("rule", rule.id());
        json.text("file", rule.file());
        if (rule.line() > 0) {
            json.number("line", rule.line());
        }
    }

    private static void failure(JsonLine json, Failure failure) {
        json.object("failure", inner -> {
            inner.text("code", failure.cause().code());
            inner.text("message", failure.message());
            inner.text("remedy", failure.remedy());
            inner.texts("facts", failure.facts());
        });
    }

    private static void timing(JsonLine json, RequestRecord.Timing timing) {
        moment(json, "decidedMicros", timing.decidedMicros());
        moment(json, "upstreamConnectedMicros", timing.upstreamConnectedMicros());
        moment(json, "firstByteMicros", timing.firstByteMicros());
        moment(json, "endMicros", timing.endMicros());
    }

    private static void moment(JsonLine json, String key, long micros) {
        if (micros != RequestRecord.NEVER) {
            json.number(key, micros);
        }
    }
}
