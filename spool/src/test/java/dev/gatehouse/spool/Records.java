package dev.gatehouse.spool;

import dev.gatehouse.core.audit.AuditRecord;
import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.audit.OperatorRecord;
import dev.gatehouse.core.audit.OutcomeRecord;
import dev.gatehouse.core.identity.AuthenticationMethod;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.policy.PolicyVersion;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.core.trace.TraceId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Records for tests, and an encoding that keeps of them what the spool has to tell apart. */
final class Records {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final InstantSource CLOCK = InstantSource.fixed(NOON);

    /** Small enough that every bound is met within a test. */
    static final SpoolLimits SMALL =
            new SpoolLimits(4096, 1 << 20, 8192, 1024, 1 << 20, 2048, Duration.ofMinutes(10), Duration.ofMillis(1));

    static final RecordEncoding ENCODING = new RecordEncoding() {
        @Override
        public byte[] encode(AuditRecord record) {
            String trace = record.trace().map(TraceId::toString).orElse("-");
            String text = switch (record) {
                case IntentRecord intent -> "I " + trace + " " + intent.pushId();
                case OutcomeRecord outcome -> "O " + trace + " " + outcome.pushId();
                case OperatorRecord operator ->
                    "P " + trace + " " + operator.act() + " "
                            + operator.details().getOrDefault("lost", "");
                default -> throw new IllegalArgumentException(record.toString());
            };
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Optional<AuditRecord> decode(byte[] bytes) {
            String[] parts = new String(bytes, StandardCharsets.UTF_8).split(" ", -1);
            Optional<TraceId> trace = TraceId.parse(parts[1]);
            return switch (parts[0]) {
                case "I" -> Optional.of(intent(parts[2], trace));
                case "O" -> Optional.of(outcome(parts[2], trace));
                case "P" -> Optional.of(operator(parts[2], trace, parts[3]));
                default -> Optional.empty();
            };
        }
    };

    private Records() {}

    static OperatorRecord note(String act) {
        return operator(act, Optional.empty(), "");
    }

    static OperatorRecord note(String act, TraceId trace) {
        return operator(act, Optional.of(trace), "");
    }

    private static OperatorRecord operator(String act, Optional<TraceId> trace, String lost) {
        return new OperatorRecord(NOON, trace, "test", act, lost.isEmpty() ? Map.of() : Map.of("lost", lost));
    }

    static IntentRecord intent(String pushId) {
        return intent(pushId, Optional.empty());
    }

    private static IntentRecord intent(String pushId, Optional<TraceId> trace) {
        return new IntentRecord(
                NOON,
                trace,
                pushId,
                new Caller(Principal.Person.local("alice", Set.of()), AuthenticationMethod.ACCESS_TOKEN, "t", NOON),
                new RepositoryName("demo", "hello"),
                "id",
                List.of(),
                new PolicyVersion(1, "0123456789ab"));
    }

    static OutcomeRecord outcome(String pushId) {
        return outcome(pushId, Optional.empty());
    }

    private static OutcomeRecord outcome(String pushId, Optional<TraceId> trace) {
        return new OutcomeRecord(NOON, trace, pushId, List.of(), false);
    }

    /** What a person would call the record. */
    static String name(AuditRecord record) {
        return switch (record) {
            case IntentRecord intent -> "intent " + intent.pushId();
            case OutcomeRecord outcome -> "outcome " + outcome.pushId();
            case OperatorRecord operator -> operator.act();
            default -> throw new IllegalArgumentException(record.toString());
        };
    }
}
