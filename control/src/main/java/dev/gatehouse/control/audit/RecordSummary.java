package dev.gatehouse.control.audit;

import dev.gatehouse.core.audit.AuditRecord;
import dev.gatehouse.core.audit.AuditRecordCodec;
import dev.gatehouse.core.audit.DecodedRecord;
import dev.gatehouse.core.audit.HandshakeRecord;
import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.audit.OperatorRecord;
import dev.gatehouse.core.audit.OutcomeRecord;
import dev.gatehouse.core.audit.RequestRecord;
import dev.gatehouse.core.trace.TraceId;
import java.time.Instant;
import java.util.Optional;

/**
 * What a record can be found by.
 *
 * @param kind such as {@code intent}; {@value #UNKNOWN} for what a newer node wrote
 * @param time when it began; when it came, where it cannot be read
 * @param trace empty where there is none
 * @param principal the principal's key, or the operator; empty where there is none
 * @param repository empty where there is none
 * @param alone whether it is kept by itself and not in a batch
 */
record RecordSummary(
        String kind, Instant time, Optional<TraceId> trace, String principal, String repository, boolean alone) {
    static final String UNKNOWN = "unknown";

    static RecordSummary of(byte[] record, Instant now) {
        return switch (AuditRecordCodec.decode(record)) {
            case DecodedRecord.Decoded decoded -> of(decoded.record());
            case DecodedRecord.Undecodable _ -> new RecordSummary(UNKNOWN, now, Optional.empty(), "", "", true);
        };
    }

    private static RecordSummary of(AuditRecord record) {
        return switch (record) {
            case RequestRecord request ->
                new RecordSummary(
                        "request",
                        request.time(),
                        request.trace(),
                        request.caller().map(caller -> caller.principal().key()).orElse(""),
                        request.repository().map(Object::toString).orElse(""),
                        request.failure().isPresent());
            case HandshakeRecord handshake ->
                new RecordSummary("handshake", handshake.time(), handshake.trace(), handshake.identity(), "", true);
            case IntentRecord intent ->
                new RecordSummary(
                        "intent",
                        intent.time(),
                        intent.trace(),
                        intent.caller().principal().key(),
                        intent.repository().toString(),
                        true);
            case OutcomeRecord outcome -> new RecordSummary("outcome", outcome.time(), outcome.trace(), "", "", true);
            case OperatorRecord operator ->
                new RecordSummary("operator", operator.time(), operator.trace(), operator.actor(), "", true);
        };
    }
}
