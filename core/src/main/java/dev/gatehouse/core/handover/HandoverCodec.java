package dev.gatehouse.core.handover;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.RequestCause;
import dev.gatehouse.core.identity.AuthenticationMethod;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.policy.PolicyVersion;
import dev.gatehouse.core.policy.RuleReference;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A handover as a header's value: {@code key=value&key=value}, ASCII, values percent-encoded. Both ends are of one version, so reading is
 * strict: a key that is missing, unknown or given twice where one is expected makes the whole undecodable.
 */
public final class HandoverCodec {
    /** The longest value that is written or read. Jetty's own limit on all request headers must be above it. */
    public static final int VALUE_LENGTH_MAX = 8192;

    private static final String PERSON = "person";
    private static final String WORKLOAD = "workload";
    private static final String NOBODY = "nobody";

    private HandoverCodec() {}

    /**
     * The header's value.
     *
     * @throws FailureException with {@link RequestCause#HEADERS_TOO_LARGE} where it would be longer than {@value VALUE_LENGTH_MAX}, as with a
     *     caller in hundreds of groups
     */
    public static String encode(Handover handover) {
        FormWriter form = new FormWriter();
        handover.caller().ifPresentOrElse(caller -> writeCaller(form, caller), () -> form.add("caller", NOBODY));
        handover.path().forEach(id -> form.add("via", id.toString()));
        form.add("client", handover.clientAddress());
        form.add("rule", handover.rule().id());
        form.add("file", handover.rule().file());
        form.add("line", Integer.toString(handover.rule().line()));
        form.add("policy", Long.toString(handover.policyVersion().number()));
        form.add("digest", handover.policyVersion().digest());
        String value = form.toString();
        if (value.length() > VALUE_LENGTH_MAX) {
            throw RequestCause.HEADERS_TOO_LARGE
                    .with("limit", Integer.toString(VALUE_LENGTH_MAX))
                    .asException();
        }
        return value;
    }

    /** Reads what {@link #encode} wrote. */
    public static DecodedHandover decode(String value) {
        if (value.length() > VALUE_LENGTH_MAX) {
            return new DecodedHandover.Undecodable("it is longer than " + VALUE_LENGTH_MAX);
        }
        try {
            FormReader form = new FormReader(value);
            Handover handover = new Handover(
                    readCaller(form),
                    form.all("via").stream().map(HandoverCodec::spiffeId).toList(),
                    form.one("client"),
                    new RuleReference(form.one("rule"), form.one("file"), Integer.parseInt(form.one("line"))),
                    new PolicyVersion(Long.parseLong(form.one("policy")), form.one("digest")));
            form.requireNothingLeft();
            return new DecodedHandover.Decoded(handover);
        } catch (IllegalArgumentException | DateTimeException malformed) {
            return new DecodedHandover.Undecodable(String.valueOf(malformed.getMessage()));
        }
    }

    private static void writeCaller(FormWriter form, Caller caller) {
        switch (caller.principal()) {
            case Principal.Person person -> {
                form.add("caller", PERSON);
                form.add("issuer", person.issuer());
                form.add("subject", person.subject());
                form.add("name", person.displayName());
                person.groups().stream().sorted().forEach(group -> form.add("group", group));
            }
            case Principal.Workload workload -> {
                form.add("caller", WORKLOAD);
                form.add("id", workload.id().toString());
            }
        }
        form.add("method", caller.method().label());
        form.add("credential", caller.credentialId());
        form.add("expires", caller.expiresAt().toString());
    }

    private static Optional<Caller> readCaller(FormReader form) {
        String kind = form.one("caller");
        if (kind.equals(NOBODY)) {
            return Optional.empty();
        }
        Principal principal = switch (kind) {
            case PERSON -> {
                List<String> groups = form.all("group");
                yield new Principal.Person(
                        form.one("issuer"), form.one("subject"), form.one("name"), Set.copyOf(groups));
            }
            case WORKLOAD -> new Principal.Workload(spiffeId(form.one("id")));
            default -> throw new IllegalArgumentException("there is no caller of kind " + kind);
        };
        return Optional.of(new Caller(
                principal, method(form.one("method")), form.one("credential"), Instant.parse(form.one("expires"))));
    }

    private static SpiffeId spiffeId(String text) {
        return SpiffeId.parse(text).orElseThrow(() -> new IllegalArgumentException("not a SPIFFE ID: " + text));
    }

    private static AuthenticationMethod method(String label) {
        for (AuthenticationMethod method : AuthenticationMethod.values()) {
            if (method.label().equals(label)) {
                return method;
            }
        }
        throw new IllegalArgumentException("there is no authentication method " + label);
    }
}
