package dev.gatehouse.proto;

import dev.gatehouse.core.identity.AuthenticationMethod;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Credential;
import dev.gatehouse.core.identity.Introspection;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.proto.v1.ActiveCredential;
import dev.gatehouse.proto.v1.BasicCredential;
import dev.gatehouse.proto.v1.IntrospectReply;
import dev.gatehouse.proto.v1.IntrospectRequest;
import dev.gatehouse.proto.v1.PersonMessage;
import dev.gatehouse.proto.v1.PrincipalMessage;
import java.util.Arrays;
import java.util.LinkedHashSet;

/** Who is calling, on the wire. What cannot be read throws {@link dev.gatehouse.core.cause.FailureException}. */
public final class IdentityMapping {
    private IdentityMapping() {}

    /** The principal as a message. */
    public static PrincipalMessage toMessage(Principal principal) {
        return switch (principal) {
            case Principal.Person person ->
                PrincipalMessage.newBuilder()
                        .setPerson(PersonMessage.newBuilder()
                                .setIssuer(person.issuer())
                                .setSubject(person.subject())
                                .setDisplayName(person.displayName())
                                .addAllGroups(person.groups().stream().sorted().toList()))
                        .build();
            case Principal.Workload workload ->
                PrincipalMessage.newBuilder()
                        .setWorkloadSpiffeId(workload.id().toString())
                        .build();
        };
    }

    /** The principal in {@code message}. */
    public static Principal fromMessage(PrincipalMessage message) {
        return switch (message.getKindCase()) {
            case PERSON -> {
                PersonMessage person = message.getPerson();
                yield new Principal.Person(
                        person.getIssuer(),
                        person.getSubject(),
                        person.getDisplayName(),
                        new LinkedHashSet<>(person.getGroupsList()));
            }
            case WORKLOAD_SPIFFE_ID -> new Principal.Workload(spiffeId(message.getWorkloadSpiffeId()));
            case KIND_NOT_SET -> throw Readings.unreadable("principal", "it is empty");
        };
    }

    /** The SPIFFE ID written as {@code text}. */
    public static SpiffeId spiffeId(String text) {
        return SpiffeId.parse(text).orElseThrow(() -> Readings.unreadable("SPIFFE ID", text));
    }

    /** The question what {@code credential} is worth. */
    public static IntrospectRequest toMessage(Credential credential) {
        return switch (credential) {
            case Credential.Basic basic ->
                IntrospectRequest.newBuilder()
                        .setBasic(BasicCredential.newBuilder()
                                .setUsername(basic.username())
                                .setSecret(basic.secret()))
                        .build();
            case Credential.Bearer bearer ->
                IntrospectRequest.newBuilder().setBearer(bearer.token()).build();
        };
    }

    /** The credential asked about. */
    public static Credential fromMessage(IntrospectRequest message) {
        return switch (message.getCredentialCase()) {
            case BASIC ->
                new Credential.Basic(
                        message.getBasic().getUsername(), message.getBasic().getSecret());
            case BEARER -> new Credential.Bearer(message.getBearer());
            case CREDENTIAL_NOT_SET -> throw Readings.unreadable("credential", "it is empty");
        };
    }

    /** The answer as a message. */
    public static IntrospectReply toMessage(Introspection introspection) {
        return switch (introspection) {
            case Introspection.Active active ->
                IntrospectReply.newBuilder()
                        .setActive(toMessage(active.caller()))
                        .build();
            case Introspection.Inactive inactive ->
                IntrospectReply.newBuilder()
                        .setInactive(FailureMapping.toMessage(inactive.failure()))
                        .build();
        };
    }

    /** The answer in {@code message}. */
    public static Introspection fromMessage(IntrospectReply message) {
        return switch (message.getAnswerCase()) {
            case ACTIVE -> new Introspection.Active(fromMessage(message.getActive()));
            case INACTIVE -> new Introspection.Inactive(FailureMapping.fromMessage(message.getInactive()));
            case ANSWER_NOT_SET -> throw Readings.unreadable("introspection", "it is empty");
        };
    }

    private static ActiveCredential toMessage(Caller caller) {
        return ActiveCredential.newBuilder()
                .setPrincipal(toMessage(caller.principal()))
                .setMethod(caller.method().label())
                .setCredentialId(caller.credentialId())
                .setExpiresAt(TimeMapping.toMessage(caller.expiresAt()))
                .build();
    }

    private static Caller fromMessage(ActiveCredential message) {
        return new Caller(
                fromMessage(message.getPrincipal()),
                method(message.getMethod()),
                message.getCredentialId(),
                TimeMapping.fromMessage(message.getExpiresAt()));
    }

    private static AuthenticationMethod method(String label) {
        return Arrays.stream(AuthenticationMethod.values())
                .filter(method -> method.label().equals(label))
                .findFirst()
                .orElseThrow(() -> Readings.unreadable("authentication method", label));
    }
}
