package dev.gatehouse.core.audit;

import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.core.trace.TraceId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Records as bytes, for the journal and the wire. A record is a version byte, a type byte, and the type's fields in a fixed order: numbers as
 * varints, text as UTF-8 with its length. Whatever may grow (the record itself, each part, each list element) carries its length, so that
 * fields which a later version appends are skipped by this one. Fields are only ever appended.
 *
 * <p>The bytes are untrusted when read: every outcome is a {@link DecodedRecord}, and nothing is allocated beyond what the bytes hold.
 */
public final class AuditRecordCodec {
    /** Records beyond this are not read; an intent of 10,000 refs takes about 2 MB. */
    public static final int RECORD_BYTES_MAX = 16 << 20;

    private static final int VERSION = 1;
    private static final int REQUEST = 1;
    private static final int HANDSHAKE = 2;
    private static final int INTENT = 3;
    private static final int OUTCOME = 4;
    private static final int OPERATOR = 5;

    private AuditRecordCodec() {}

    /** The bytes of {@code record}. */
    public static byte[] encode(AuditRecord record) {
        FieldWriter out = new FieldWriter();
        out.octet(VERSION);
        switch (record) {
            case RequestRecord request -> {
                out.octet(REQUEST);
                writeRequest(out, request);
            }
            case HandshakeRecord handshake -> {
                out.octet(HANDSHAKE);
                writeHandshake(out, handshake);
            }
            case IntentRecord intent -> {
                out.octet(INTENT);
                writeIntent(out, intent);
            }
            case OutcomeRecord outcome -> {
                out.octet(OUTCOME);
                writeOutcome(out, outcome);
            }
            case OperatorRecord operator -> {
                out.octet(OPERATOR);
                writeOperator(out, operator);
            }
        }
        return out.toBytes();
    }

    /** Reads what {@link #encode} wrote, by this version or a later one that still says version 1. */
    public static DecodedRecord decode(byte[] bytes) {
        if (bytes.length > RECORD_BYTES_MAX) {
            return new DecodedRecord.Undecodable("it is longer than " + RECORD_BYTES_MAX + " bytes");
        }
        try {
            FieldReader in = new FieldReader(bytes);
            int version = in.octet();
            if (version != VERSION) {
                return new DecodedRecord.Undecodable("its version is " + version);
            }
            int type = in.octet();
            Optional<AuditRecord> record = switch (type) {
                case REQUEST -> Optional.of(readRequest(in));
                case HANDSHAKE -> Optional.of(readHandshake(in));
                case INTENT -> Optional.of(readIntent(in));
                case OUTCOME -> Optional.of(readOutcome(in));
                case OPERATOR -> Optional.of(readOperator(in));
                default -> Optional.empty();
            };
            return record.<DecodedRecord>map(DecodedRecord.Decoded::new)
                    .orElseGet(() -> new DecodedRecord.Undecodable("its type is " + type));
        } catch (MalformedFieldException | IllegalArgumentException | DateTimeException malformed) {
            return new DecodedRecord.Undecodable(String.valueOf(malformed.getMessage()));
        }
    }

    private static void writeRequest(FieldWriter out, RequestRecord request) {
        out.time(request.time());
        out.text(request.role().label());
        AuditFields.writeContext(out, request.context());
        out.optional(request.caller(), AuditFields::writeCaller);
        AuditFields.writePeer(out, request.downstream());
        out.optional(request.upstream(), AuditFields::writePeer);
        out.text(request.method());
        out.text(request.path());
        out.text(request.operation());
        out.optional(request.repository(), (to, name) -> to.text(name.toString()));
        out.list(request.decisions(), AuditFields::writeDecision);
        out.number(request.status());
        out.optional(request.failure(), AuditFields::writeFailure);
        out.number(request.bytesIn());
        out.number(request.bytesOut());
        AuditFields.writeTiming(out, request.timing());
    }

    private static RequestRecord readRequest(FieldReader in) {
        return new RequestRecord(
                in.time(),
                AuditFields.readRole(in),
                AuditFields.readContext(in),
                in.optional(AuditFields::readCaller),
                AuditFields.readPeer(in),
                in.optional(AuditFields::readPeer),
                in.text(),
                in.text(),
                in.text(),
                in.optional(AuditFields::readRepository),
                in.list(AuditFields::readDecision),
                in.integer(),
                in.optional(AuditFields::readFailure),
                in.number(),
                in.number(),
                AuditFields.readTiming(in));
    }

    private static void writeHandshake(FieldWriter out, HandshakeRecord handshake) {
        out.time(handshake.time());
        out.text(handshake.role().label());
        out.flag(handshake.accepting());
        out.text(handshake.address());
        out.text(handshake.identity());
        out.optional(handshake.trace(), AuditFields::writeTrace);
        AuditFields.writeFailure(out, handshake.failure());
    }

    private static HandshakeRecord readHandshake(FieldReader in) {
        return new HandshakeRecord(
                in.time(),
                AuditFields.readRole(in),
                in.flag(),
                in.text(),
                in.text(),
                in.optional(AuditFields::readTrace),
                AuditFields.readFailure(in));
    }

    private static void writeIntent(FieldWriter out, IntentRecord intent) {
        out.time(intent.time());
        out.optional(intent.trace(), AuditFields::writeTrace);
        out.text(intent.pushId());
        AuditFields.writeCaller(out, intent.caller());
        out.text(intent.repository().toString());
        out.text(intent.repositoryId());
        out.list(intent.updates(), AuditFields::writePermittedUpdate);
        AuditFields.writePolicyVersion(out, intent.policyVersion());
    }

    private static IntentRecord readIntent(FieldReader in) {
        Instant time = in.time();
        Optional<TraceId> trace = in.optional(AuditFields::readTrace);
        String pushId = in.text();
        Caller caller = AuditFields.readCaller(in);
        RepositoryName repository = AuditFields.readRepository(in);
        return new IntentRecord(
                time,
                trace,
                pushId,
                caller,
                repository,
                in.text(),
                in.list(AuditFields::readPermittedUpdate),
                AuditFields.readPolicyVersion(in));
    }

    private static void writeOutcome(FieldWriter out, OutcomeRecord outcome) {
        out.time(outcome.time());
        out.optional(outcome.trace(), AuditFields::writeTrace);
        out.text(outcome.pushId());
        out.list(outcome.results(), AuditFields::writeRefResult);
        out.flag(outcome.resolvedAfterRestart());
    }

    private static OutcomeRecord readOutcome(FieldReader in) {
        return new OutcomeRecord(
                in.time(),
                in.optional(AuditFields::readTrace),
                in.text(),
                in.list(AuditFields::readRefResult),
                in.flag());
    }

    private static void writeOperator(FieldWriter out, OperatorRecord operator) {
        out.time(operator.time());
        out.optional(operator.trace(), AuditFields::writeTrace);
        out.text(operator.actor());
        out.text(operator.act());
        out.map(operator.details());
    }

    private static OperatorRecord readOperator(FieldReader in) {
        return new OperatorRecord(in.time(), in.optional(AuditFields::readTrace), in.text(), in.text(), in.map());
    }
}
