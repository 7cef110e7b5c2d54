package dev.gatehouse.proxy.identity;

import dev.gatehouse.core.identity.AuthenticationMethod;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.identity.SpiffeId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The claims of an assertion, and their form in JSON.
 *
 * @param caller who the requests are for
 * @param issuer the proxy that checked
 * @param audience the proxy that may believe it
 * @param issuedAt in whole seconds
 * @param expiresAt in whole seconds
 */
record AssertionClaims(Caller caller, SpiffeId issuer, SpiffeId audience, Instant issuedAt, Instant expiresAt) {
    private static final String ISSUER = "iss";
    private static final String AUDIENCE = "aud";
    private static final String ISSUED_AT = "iat";
    private static final String EXPIRES_AT = "exp";
    private static final String SUBJECT = "sub";
    private static final String NAME = "name";
    private static final String GROUPS = "groups";
    private static final String METHODS = "amr";

    /** Who vouches for a person: the part of {@code sub} before the bar. A workload has none. */
    private static final String PERSON_ISSUER = "idp";

    private static final String CREDENTIAL_ID = "cid";

    /** When the credential behind the assertion expires. */
    private static final String CREDENTIAL_EXPIRES_AT = "cex";

    private static final Set<String> ALL = Set.of(
            ISSUER,
            AUDIENCE,
            ISSUED_AT,
            EXPIRES_AT,
            SUBJECT,
            NAME,
            GROUPS,
            METHODS,
            PERSON_ISSUER,
            CREDENTIAL_ID,
            CREDENTIAL_EXPIRES_AT);

    private static final int TEXT_LENGTH_MAX = 2048;
    private static final int GROUPS_MAX = 1000;
    private static final long EPOCH_SECOND_MAX = 253_402_300_799L;

    /** The claims as JSON. Groups are in order, so that equal callers give equal bytes. */
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(ISSUER, issuer.toString());
        json.put(AUDIENCE, audience.toString());
        json.put(ISSUED_AT, issuedAt.getEpochSecond());
        json.put(EXPIRES_AT, expiresAt.getEpochSecond());
        json.put(SUBJECT, caller.principal().key());
        if (caller.principal() instanceof Principal.Person person) {
            json.put(PERSON_ISSUER, person.issuer());
            json.put(NAME, person.displayName());
            json.put(GROUPS, List.copyOf(new TreeSet<>(person.groups())));
        }
        json.put(METHODS, List.of(caller.method().label()));
        json.put(CREDENTIAL_ID, caller.credentialId());
        json.put(CREDENTIAL_EXPIRES_AT, caller.expiresAt().getEpochSecond());
        return json;
    }

    /**
     * Reads what {@link #toJson()} writes, and nothing else.
     *
     * @throws Unreadable where it is anything else
     */
    static AssertionClaims fromJson(Map<String, Object> json) throws Unreadable {
        for (String name : json.keySet()) {
            if (!ALL.contains(name)) {
                throw new Unreadable("a claim that is not known");
            }
        }
        Caller caller = new Caller(
                principal(json), method(json), text(json, CREDENTIAL_ID), instant(json, CREDENTIAL_EXPIRES_AT));
        return new AssertionClaims(
                caller,
                spiffeId(json, ISSUER),
                spiffeId(json, AUDIENCE),
                instant(json, ISSUED_AT),
                instant(json, EXPIRES_AT));
    }

    private static Principal principal(Map<String, Object> json) throws Unreadable {
        if (!json.containsKey(PERSON_ISSUER)) {
            if (json.containsKey(NAME) || json.containsKey(GROUPS)) {
                throw new Unreadable("a workload with the claims of a person");
            }
            return new Principal.Workload(spiffeId(json, SUBJECT));
        }
        String issuer = text(json, PERSON_ISSUER);
        String key = text(json, SUBJECT);
        if (!key.startsWith(issuer + "|") || key.length() == issuer.length() + 1) {
            throw new Unreadable("a subject that its issuer does not vouch for");
        }
        return new Principal.Person(
                issuer, key.substring(issuer.length() + 1), text(json, NAME), Set.copyOf(texts(json, GROUPS)));
    }

    private static AuthenticationMethod method(Map<String, Object> json) throws Unreadable {
        List<String> labels = texts(json, METHODS);
        Optional<AuthenticationMethod> found = Optional.empty();
        for (AuthenticationMethod method : AuthenticationMethod.values()) {
            if (labels.equals(List.of(method.label()))) {
                found = Optional.of(method);
            }
        }
        return found.orElseThrow(() -> new Unreadable("amr that is not known"));
    }

    private static SpiffeId spiffeId(Map<String, Object> json, String name) throws Unreadable {
        String text = text(json, name);
        return SpiffeId.parse(text)
                .filter(id -> id.toString().equals(text))
                .orElseThrow(() -> new Unreadable(name + " that is not a SPIFFE ID"));
    }

    private static Instant instant(Map<String, Object> json, String name) throws Unreadable {
        if (json.get(name) instanceof Long seconds && seconds >= 0 && seconds <= EPOCH_SECOND_MAX) {
            return Instant.ofEpochSecond(seconds);
        }
        throw new Unreadable(name + " that is not a time in whole seconds");
    }

    private static String text(Map<String, Object> json, String name) throws Unreadable {
        return text(name, json.getOrDefault(name, Map.of()));
    }

    private static List<String> texts(Map<String, Object> json, String name) throws Unreadable {
        if (!(json.get(name) instanceof List<?> values) || values.size() > GROUPS_MAX) {
            throw new Unreadable(name + " that is not a list, or too long a one");
        }
        String[] texts = new String[values.size()];
        for (int i = 0; i < texts.length; i++) {
            Object value = values.get(i);
            texts[i] = text(name, value == null ? Map.of() : value);
        }
        return List.of(texts);
    }

    private static String text(String name, Object value) throws Unreadable {
        if (value instanceof String text
                && !text.isEmpty()
                && text.length() <= TEXT_LENGTH_MAX
                && text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        throw new Unreadable(name + " that is missing, empty, too long or not text");
    }

    /** The claims are not ones that {@link #toJson()} writes. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String detail) {
            super(detail, null, false, false);
        }

        /** What is wrong; never what came. */
        String detail() {
            return String.valueOf(getMessage());
        }
    }
}
