package dev.gatehouse.app.explain;

import dev.gatehouse.core.audit.AuditRecord;
import dev.gatehouse.core.audit.HandshakeRecord;
import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.audit.OperatorRecord;
import dev.gatehouse.core.audit.OutcomeRecord;
import dev.gatehouse.core.audit.RequestRecord;
import dev.gatehouse.core.identity.Caller;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One record in one line, for people. */
public final class RecordLine {
    private static final String INDENT = "  ";

    private RecordLine() {}

    /** Time, what happened, who, the answer, the trace. */
    public static String of(AuditRecord record) {
        String trace = record.trace().map(id -> INDENT + id).orElse("");
        return record.time().truncatedTo(ChronoUnit.MILLIS) + INDENT + what(record) + trace;
    }

    private static String what(AuditRecord record) {
        return switch (record) {
            case RequestRecord request ->
                pad(request.role().label())
                        + who(request)
                        + INDENT
                        + request.operation()
                        + INDENT
                        + request.repository().map(Object::toString).orElse(request.path())
                        + INDENT
                        + request.status()
                        + request.failure()
                                .map(failure -> INDENT + failure.cause().code() + " " + failure.message())
                                .orElse("");
            case HandshakeRecord handshake ->
                pad(handshake.role().label()) + "handshake with " + handshake.address() + " "
                        + handshake.identity() + " failed: "
                        + handshake.failure().cause().code() + " "
                        + handshake.failure().message();
            case IntentRecord intent ->
                pad("intent") + intent.caller().principal().displayName() + INDENT + intent.repository() + INDENT
                        + intent.updates().stream().map(RecordLine::update).collect(Collectors.joining(", "))
                        + INDENT + "push " + intent.pushId();
            case OutcomeRecord outcome ->
                pad("outcome")
                        + outcome.results().stream()
                                .map(result ->
                                        result.ref() + (result.moved() ? " moved" : " not moved: " + result.detail()))
                                .collect(Collectors.joining(", "))
                        + (outcome.resolvedAfterRestart() ? " (read from the refs after a restart)" : "")
                        + INDENT + "push " + outcome.pushId();
            case OperatorRecord operator ->
                pad("operator")
                        + operator.actor()
                        + INDENT
                        + operator.act()
                        + INDENT
                        + new TreeMap<>(operator.details());
        };
    }

    /** Old and new value of one ref, and the rule. */
    static String update(IntentRecord.PermittedUpdate permitted) {
        return permitted.update().ref() + " " + permitted.update().oldId().abbreviated() + "→"
                + permitted.update().newId().abbreviated() + (permitted.forced() ? " (forced)" : "") + " by rule "
                + permitted.rule();
    }

    private static String who(RequestRecord request) {
        return request.caller()
                .map(Caller::principal)
                .map(principal -> principal.displayName())
                .orElse("nobody");
    }

    private static String pad(String label) {
        return label + " ".repeat(Math.max(1, 10 - label.length()));
    }
}
