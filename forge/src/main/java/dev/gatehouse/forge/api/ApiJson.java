package dev.gatehouse.forge.api;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.trace.TraceId;
import dev.gatehouse.forge.http.Answer;
import dev.gatehouse.forge.registry.RegisteredRepository;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The API's objects, field by field as Gogs names them, so that its clients can read them. */
final class ApiJson {
    private final JsonMapper mapper;
    private final URI publicUrl;

    ApiJson(JsonMapper mapper, URI publicUrl) {
        this.mapper = mapper;
        this.publicUrl = publicUrl;
    }

    /** What the caller may do to a repository. */
    record Permissions(boolean admin, boolean push, boolean pull) {}

    ObjectNode repository(RegisteredRepository repository, boolean empty, Permissions permissions) {
        String page = publicUrl + "/" + repository.name();
        ObjectNode json = mapper.createObjectNode();
        json.put("id", repository.number());
        json.set("owner", account(repository.name().owner(), repository.name().owner()));
        json.put("name", repository.name().name());
        json.put("full_name", repository.name().toString());
        json.put("description", repository.description());
        // Nothing here can be read without a rule that says so.
        json.put("private", true);
        json.put("fork", false);
        json.put("empty", empty);
        json.put("html_url", page);
        json.put("clone_url", page + ".git");
        json.put("default_branch", repository.defaultBranch().value().replaceFirst("^refs/heads/", ""));
        json.put("object_format_name", repository.objectFormat().label());
        json.put("created_at", repository.createdAt().toString());
        json.set(
                "permissions",
                mapper.createObjectNode()
                        .put("admin", permissions.admin())
                        .put("push", permissions.push())
                        .put("pull", permissions.pull()));
        return json;
    }

    ObjectNode user(Principal principal) {
        String login = switch (principal) {
            case Principal.Person person -> person.subject();
            case Principal.Workload workload -> workload.id().toString();
        };
        return account(login, principal.displayName()).put("principal", principal.key());
    }

    private ObjectNode account(String login, String fullName) {
        return mapper.createObjectNode()
                .put("username", login)
                .put("login", login)
                .put("full_name", fullName);
    }

    ArrayNode array() {
        return mapper.createArrayNode();
    }

    ObjectNode object() {
        return mapper.createObjectNode();
    }

    Answer failure(Failure failure, Optional<TraceId> trace) {
        ObjectNode json = mapper.createObjectNode();
        json.put("message", failure.message());
        json.put("code", failure.cause().code());
        json.put("remedy", failure.remedy());
        trace.ifPresent(id -> json.put("trace", id.toString()));
        return Answer.of(failure.cause().definition().httpStatus(), Answer.JSON, json.toString());
    }

    static Answer noContent() {
        return new Answer(204, Answer.JSON, new byte[0], Map.of("Cache-Control", "no-store"));
    }
}
