package dev.gatehouse.core.audit;

import dev.gatehouse.core.cause.Cause;
import dev.gatehouse.core.cause.Causes;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.core.identity.AuthenticationMethod;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.policy.PolicyVersion;
import dev.gatehouse.core.policy.RuleReference;
import dev.gatehouse.core.repository.ObjectFormat;
import dev.gatehouse.core.repository.ObjectId;
import dev.gatehouse.core.repository.RefName;
import dev.gatehouse.core.repository.RefUpdate;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.core.trace.SpanId;
import dev.gatehouse.core.trace.TraceContext;
import dev.gatehouse.core.trace.TraceId;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parts that records are made of, written and read in pairs. The order of fields is the format: append, never insert. */
final class AuditFields {
    private static final int PERSON = 0;
    private static final int WORKLOAD = 1;
    private static final int SHA1_BYTES = 20;

    private AuditFields() {}

    static Role readRole(FieldReader in) {
        String label = in.text();
        for (Role role : Role.values()) {
            if (role.label().equals(label)) {
                return role;
            }
        }
        throw new MalformedFieldException("there is no role " + label);
    }

    static void writeTrace(FieldWriter out, TraceId trace) {
        out.raw(ByteBuffer.allocate(16)
                .putLong(trace.high())
                .putLong(trace.low())
                .array());
    }

    static TraceId readTrace(FieldReader in) {
        return new TraceId(in.fixed64(), in.fixed64());
    }

    static void writeContext(FieldWriter out, TraceContext context) {
        out.part(context, (to, value) -> {
            writeTrace(to, value.traceId());
            writeSpan(to, value.spanId());
            to.optional(value.parentId(), AuditFields::writeSpan);
            to.optional(value.link(), AuditFields::writeTrace);
        });
    }

    static TraceContext readContext(FieldReader in) {
        return in.part(from -> new TraceContext(
                readTrace(from),
                readSpan(from),
                from.optional(AuditFields::readSpan),
                from.optional(AuditFields::readTrace)));
    }

    private static void writeSpan(FieldWriter out, SpanId span) {
        out.raw(ByteBuffer.allocate(8).putLong(span.value()).array());
    }

    private static SpanId readSpan(FieldReader in) {
        return new SpanId(in.fixed64());
    }

    static void writeCaller(FieldWriter out, Caller caller) {
        out.part(caller, (to, value) -> {
            to.part(value.principal(), AuditFields::writePrincipal);
            to.text(value.method().label());
            to.text(value.credentialId());
            to.time(value.expiresAt());
        });
    }

    static Caller readCaller(FieldReader in) {
        return in.part(
                from -> new Caller(from.part(AuditFields::readPrincipal), readMethod(from), from.text(), from.time()));
    }

    private static void writePrincipal(FieldWriter out, Principal principal) {
        switch (principal) {
            case Principal.Person person -> {
                out.octet(PERSON);
                out.text(person.issuer());
                out.text(person.subject());
                out.text(person.displayName());
                out.list(person.groups().stream().sorted().toList(), FieldWriter::text);
            }
            case Principal.Workload workload -> {
                out.octet(WORKLOAD);
                out.text(workload.id().toString());
            }
        }
    }

    private static Principal readPrincipal(FieldReader in) {
        int kind = in.octet();
        if (kind == PERSON) {
            return new Principal.Person(in.text(), in.text(), in.text(), Set.copyOf(in.list(FieldReader::text)));
        }
        if (kind != WORKLOAD) {
            throw new MalformedFieldException("there is no principal of kind " + kind);
        }
        return new Principal.Workload(SpiffeId.parse(in.text())
                .orElseThrow(() -> new MalformedFieldException("a workload has no SPIFFE ID")));
    }

    private static AuthenticationMethod readMethod(FieldReader in) {
        String label = in.text();
        for (AuthenticationMethod method : AuthenticationMethod.values()) {
            if (method.label().equals(label)) {
                return method;
            }
        }
        throw new MalformedFieldException("there is no authentication method " + label);
    }

    static void writePeer(FieldWriter out, RequestRecord.Peer peer) {
        out.part(peer, (to, value) -> {
            to.text(value.address());
            to.text(value.identity());
            to.text(value.tls());
        });
    }

    static RequestRecord.Peer readPeer(FieldReader in) {
        return in.part(from -> new RequestRecord.Peer(from.text(), from.text(), from.text()));
    }

    static RepositoryName readRepository(FieldReader in) {
        return RepositoryName.parse(in.text())
                .orElseThrow(() -> new MalformedFieldException("a repository's name is not canonical"));
    }

    static void writeDecision(FieldWriter out, DecisionSummary decision) {
        out.flag(decision.permitted());
        out.text(decision.action());
        out.text(decision.resource());
        writeRule(out, decision.rule());
        writePolicyVersion(out, decision.policyVersion());
    }

    static DecisionSummary readDecision(FieldReader in) {
        return new DecisionSummary(in.flag(), in.text(), in.text(), readRule(in), readPolicyVersion(in));
    }

    private static void writeRule(FieldWriter out, RuleReference rule) {
        out.part(rule, (to, value) -> {
            to.text(value.id());
            to.text(value.file());
            to.number(value.line());
        });
    }

    private static RuleReference readRule(FieldReader in) {
        return in.part(from -> new RuleReference(from.text(), from.text(), from.integer()));
    }

    static void writePolicyVersion(FieldWriter out, PolicyVersion version) {
        out.part(version, (to, value) -> {
            to.number(value.number());
            to.text(value.digest());
        });
    }

    static PolicyVersion readPolicyVersion(FieldReader in) {
        return in.part(from -> new PolicyVersion(from.number(), from.text()));
    }

    static void writeFailure(FieldWriter out, Failure failure) {
        out.part(failure, (to, value) -> {
            to.text(value.cause().code());
            to.list(List.copyOf(value.facts().entrySet()), (entry, fact) -> {
                entry.text(fact.getKey());
                entry.text(fact.getValue());
            });
        });
    }

    static Failure readFailure(FieldReader in) {
        return in.part(from -> {
            String code = from.text();
            Map<String, String> facts = new LinkedHashMap<>();
            from.list(entry -> facts.put(entry.text(), entry.text()) == null);
            return Causes.byCode(code)
                    .map(cause -> new Failure(cause, facts))
                    .orElseGet(() -> ofNewerVersion(code, facts));
        });
    }

    /** A record is not lost because a newer node knows a cause that this one does not. */
    private static Failure ofNewerVersion(String code, Map<String, String> facts) {
        Cause stand = TrafficCause.INTERNAL;
        Map<String, String> all = new LinkedHashMap<>(facts);
        all.put("detail", "the cause " + code + " is of a newer version");
        return new Failure(stand, all);
    }

    static void writeTiming(FieldWriter out, RequestRecord.Timing timing) {
        out.part(timing, (to, value) -> {
            to.number(value.decidedMicros());
            to.number(value.upstreamConnectedMicros());
            to.number(value.firstByteMicros());
            to.number(value.endMicros());
        });
    }

    static RequestRecord.Timing readTiming(FieldReader in) {
        return in.part(from -> new RequestRecord.Timing(from.number(), from.number(), from.number(), from.number()));
    }

    static void writePermittedUpdate(FieldWriter out, IntentRecord.PermittedUpdate permitted) {
        out.text(permitted.update().ref().value());
        writeObjectId(out, permitted.update().oldId());
        writeObjectId(out, permitted.update().newId());
        out.flag(permitted.forced());
        writeRule(out, permitted.rule());
    }

    static IntentRecord.PermittedUpdate readPermittedUpdate(FieldReader in) {
        RefUpdate update = new RefUpdate(readRef(in), readObjectId(in), readObjectId(in));
        return new IntentRecord.PermittedUpdate(update, in.flag(), readRule(in));
    }

    static void writeRefResult(FieldWriter out, OutcomeRecord.RefResult result) {
        out.text(result.ref().value());
        out.flag(result.moved());
        out.text(result.detail());
    }

    static OutcomeRecord.RefResult readRefResult(FieldReader in) {
        return new OutcomeRecord.RefResult(readRef(in), in.flag(), in.text());
    }

    private static RefName readRef(FieldReader in) {
        return RefName.parse(in.text()).orElseThrow(() -> new MalformedFieldException("a ref's name is malformed"));
    }

    private static void writeObjectId(FieldWriter out, ObjectId id) {
        out.bytes(HexFormat.of().parseHex(id.hex()));
    }

    private static ObjectId readObjectId(FieldReader in) {
        byte[] bytes = in.bytes();
        ObjectFormat format = bytes.length == SHA1_BYTES ? ObjectFormat.SHA1 : ObjectFormat.SHA256;
        return new ObjectId(format, HexFormat.of().formatHex(bytes));
    }
}
