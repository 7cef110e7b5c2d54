package dev.gatehouse.app.explain;

import dev.gatehouse.core.audit.AuditRecord;
import dev.gatehouse.core.audit.DecisionSummary;
import dev.gatehouse.core.audit.HandshakeRecord;
import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.audit.OperatorRecord;
import dev.gatehouse.core.audit.OutcomeRecord;
import dev.gatehouse.core.audit.RequestRecord;
import dev.gatehouse.core.audit.RequestRecord.Peer;
import dev.gatehouse.core.audit.RequestRecord.Timing;
import dev.gatehouse.core.audit.Role;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.trace.TraceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells a trace: who wanted what, each hop with its peers, timing, decision and bytes, what moved, and at last the cause and the remedy. */
public final class TraceStory {
    private static final double MICROS_PER_MILLI = 1000;

    private final List<String> lines = new ArrayList<>();
    private final Instant begin;

    private TraceStory(Instant begin) {
        this.begin = begin;
    }

    /** The story in lines. {@code records} are those of one trace, in the order of their times, at least one. */
    public static List<String> tell(TraceId trace, List<AuditRecord> records) {
        TraceStory story = new TraceStory(records.getFirst().time());
        List<RequestRecord> hops = records.stream()
                .filter(RequestRecord.class::isInstance)
                .map(RequestRecord.class::cast)
                .sorted(Comparator.comparing(RequestRecord::role).thenComparing(RequestRecord::time))
                .toList();
        story.head(trace, hops);
        hops.forEach(story::hop);
        records.forEach(story::others);
        story.cause(records);
        return List.copyOf(story.lines);
    }

    private void head(TraceId trace, List<RequestRecord> hops) {
        lines.add("trace " + trace + "  " + begin);
        hops.stream().findFirst().ifPresent(first -> {
            lines.add(first.method() + " " + first.path() + "  (" + first.operation() + ")");
            first.context().link().ifPresent(link -> lines.add("the caller named it " + link));
        });
        Optional<Caller> caller =
                hops.stream().flatMap(hop -> hop.caller().stream()).findFirst();
        lines.add(caller.map(known -> "for " + known.principal().displayName() + " ("
                        + known.principal().key() + ", " + known.method().label() + " " + known.credentialId() + ")")
                .orElse("for nobody who is known"));
    }

    private void hop(RequestRecord hop) {
        lines.add("");
        lines.add(hop.role().label() + "  +"
                + millis(Duration.between(begin, hop.time()).toNanos() / 1000) + "  took "
                + moment(hop.timing().endMicros()) + "  status " + hop.status());
        lines.add("  from " + peer(hop.downstream()));
        for (DecisionSummary decision : hop.decisions()) {
            lines.add("  " + (decision.permitted() ? "allowed " : "refused ") + decision.action() + " "
                    + decision.resource() + ": rule " + decision.rule() + ", policy " + decision.policyVersion());
        }
        hop.upstream().ifPresent(upstream -> lines.add("  to " + peer(upstream)));
        Timing timing = hop.timing();
        lines.add("  decided " + moment(timing.decidedMicros()) + ", connected "
                + moment(timing.upstreamConnectedMicros()) + ", first byte " + moment(timing.firstByteMicros())
                + ", end " + moment(timing.endMicros()));
        lines.add("  received " + hop.bytesIn() + " bytes, sent " + hop.bytesOut() + " bytes");
        hop.failure().ifPresent(failure -> lines.add("  " + failure.cause().code() + " " + failure.message()));
    }

    private void others(AuditRecord record) {
        switch (record) {
            case IntentRecord intent -> {
                lines.add("");
                lines.add("push " + intent.pushId() + " to " + intent.repository() + ", policy "
                        + intent.policyVersion());
                intent.updates().forEach(update -> lines.add("  intended " + RecordLine.update(update)));
            }
            case OutcomeRecord outcome -> {
                lines.add("outcome of push " + outcome.pushId()
                        + (outcome.resolvedAfterRestart() ? ", read from the refs after a restart" : ""));
                outcome.results()
                        .forEach(result -> lines.add("  " + result.ref()
                                + (result.moved() ? " moved" : " did not move: " + result.detail())));
            }
            case HandshakeRecord handshake -> {
                lines.add("");
                lines.add(handshake.role().label() + "  the TLS handshake with " + handshake.address() + " "
                        + handshake.identity() + " failed");
            }
            case OperatorRecord operator -> lines.add(RecordLine.of(operator));
            case RequestRecord request -> {
                // Told as a hop.
            }
        }
    }

    /** The cause nearest to where it arose: the hop behind knows it first. */
    private void cause(List<AuditRecord> records) {
        Optional<Failure> cause = Optional.empty();
        int depth = -1;
        for (AuditRecord record : records) {
            Optional<Failure> here = switch (record) {
                case RequestRecord request -> request.failure();
                case HandshakeRecord handshake -> Optional.of(handshake.failure());
                case IntentRecord intent -> Optional.empty();
                case OutcomeRecord outcome -> Optional.empty();
                case OperatorRecord operator -> Optional.empty();
            };
            int there = record instanceof RequestRecord request ? depth(request.role()) : 0;
            if (here.isPresent() && there > depth) {
                cause = here;
                depth = there;
            }
        }
        lines.add("");
        cause.ifPresentOrElse(
                failure -> {
                    lines.add("cause   " + failure.cause().code() + " " + failure.message());
                    lines.add("remedy  " + failure.remedy());
                },
                () -> lines.add("nothing was refused and nothing failed"));
    }

    private static int depth(Role role) {
        return switch (role) {
            case INGRESS -> 0;
            case SIDECAR -> 1;
            case FORGE -> 2;
            case CONTROL -> 3;
        };
    }

    private static String peer(Peer peer) {
        String identity = peer.identity().isEmpty() ? "no TLS identity" : peer.identity();
        return peer.address() + "  " + identity + (peer.tls().isEmpty() ? "" : "  " + peer.tls());
    }

    private static String moment(long micros) {
        return micros == RequestRecord.NEVER ? "never" : millis(micros);
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f ms", micros / MICROS_PER_MILLI);
    }
}
