package dev.gatehouse.core.audit;

import dev.gatehouse.core.trace.TraceId;
import java.time.Instant;
import java.util.Optional;

/** One thing that happened. Which node it happened on is the journal's to know. */
public sealed interface AuditRecord
        permits HandshakeRecord, IntentRecord, OperatorRecord, OutcomeRecord, RequestRecord {
    /** When it began. */
    Instant time();

    /** The request it belongs to; empty where there is none. */
    Optional<TraceId> trace();
}
