package dev.gatehouse.forge.api;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.RepositoryCause;
import dev.gatehouse.core.cause.RequestCause;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.policy.Action;
import dev.gatehouse.core.policy.Resource;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.forge.http.Answer;
import dev.gatehouse.forge.http.Exchange;
import dev.gatehouse.forge.registry.Access;
import dev.gatehouse.forge.registry.RegisteredRepository;
import dev.gatehouse.forge.registry.RepositoryCatalog;
import dev.gatehouse.git.HostedRepository;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** {@code /api/v1}. Safe for all threads; a request blocks its own. */
public final class Api {
    private static final int PAGE_SIZE = 50;
    private static final int PAGE_SIZE_MAX = 100;

    private final RepositoryCatalog catalog;
    private final Access access;
    private final JsonMapper mapper;
    private final ApiJson json;

    /** @param publicUrl what addresses begin with */
    public Api(RepositoryCatalog catalog, Access access, URI publicUrl) {
        this.catalog = catalog;
        this.access = access;
        this.mapper = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        this.json = new ApiJson(mapper, publicUrl);
    }

    /** From now on failures are told as JSON. */
    public void introduce(Exchange exchange) {
        exchange.is("api", json::failure);
    }

    /**
     * Answers it.
     *
     * @param path the segments after {@code /api/v1}
     */
    public void serve(Exchange exchange, List<String> path) throws IOException {
        access.requirePrincipal(exchange);
        String first = path.isEmpty() ? "" : path.getFirst();
        boolean makes = !path.isEmpty() && path.getLast().equals("repos");
        switch (path.size()) {
            case 1 -> {
                if (first.equals("user")) {
                    requireMethod(exchange, "GET");
                    send(exchange, 200, json.user(access.requirePrincipal(exchange)));
                    return;
                }
            }
            case 2 -> {
                if (first.equals("user") && makes) {
                    ofUser(exchange);
                    return;
                }
                if (first.equals("repos") && path.get(1).equals("search")) {
                    requireMethod(exchange, "GET");
                    search(exchange);
                    return;
                }
            }
            case 3 -> {
                if (first.equals("org") && makes) {
                    requireMethod(exchange, "POST");
                    create(exchange, path.get(1));
                    return;
                }
                if (first.equals("repos")) {
                    one(exchange, name(path.get(1), path.get(2)));
                    return;
                }
            }
            case 4 -> {
                if (first.equals("admin") && path.get(1).equals("users") && makes) {
                    requireMethod(exchange, "POST");
                    create(exchange, path.get(2));
                    return;
                }
            }
            default -> {}
        }
        throw RequestCause.NOT_FOUND.with("path", exchange.path().value()).asException();
    }

    private void ofUser(Exchange exchange) throws IOException {
        String owner = namespaceOf(access.requirePrincipal(exchange));
        if (exchange.method().equals("POST")) {
            create(exchange, owner);
            return;
        }
        requireMethod(exchange, "GET, POST");
        list(exchange, repository -> repository.name().owner().equals(owner));
    }

    private void one(Exchange exchange, RepositoryName name) throws IOException {
        exchange.about(name);
        if (exchange.method().equals("DELETE")) {
            exchange.is("delete repository", json::failure);
            catalog.delete(exchange, name);
            exchange.answer(ApiJson.noContent());
            return;
        }
        requireMethod(exchange, "GET, DELETE");
        send(exchange, 200, describe(exchange, catalog.forReading(exchange, name)));
    }

    private void create(Exchange exchange, String owner) throws IOException {
        exchange.is("create repository", json::failure);
        NewRepository wanted = NewRepository.read(exchange, mapper);
        RepositoryName name = name(owner, wanted.name());
        exchange.about(name);
        send(exchange, 201, describe(exchange, catalog.create(exchange, name, wanted.description())));
    }

    private void search(Exchange exchange) throws IOException {
        Query query = Query.of(exchange);
        String words = query.text("q").toLowerCase(Locale.ROOT);
        ArrayNode found =
                page(exchange, query, repository -> repository.name().toString().contains(words));
        var answer = json.object().put("ok", true);
        answer.set("data", found);
        send(exchange, 200, answer);
    }

    private void list(Exchange exchange, Predicate<RegisteredRepository> wanted) throws IOException {
        send(exchange, 200, page(exchange, Query.of(exchange), wanted));
    }

    private ArrayNode page(Exchange exchange, Query query, Predicate<RegisteredRepository> wanted) {
        int size = Math.clamp(query.number("limit", PAGE_SIZE), 1, PAGE_SIZE_MAX);
        int page = Math.max(query.number("page", 1), 1);
        ArrayNode found = json.array();
        catalog.readable(exchange).stream()
                .filter(wanted)
                .skip((page - 1L) * size)
                .limit(size)
                .forEach(repository -> found.add(describe(exchange, repository)));
        return found;
    }

    private JsonNode describe(Exchange exchange, RegisteredRepository repository) {
        Resource whole = new Resource.Repository(repository.name());
        ApiJson.Permissions permissions = new ApiJson.Permissions(
                catalog.allows(exchange, Action.DELETE, whole),
                catalog.allows(exchange, Action.PUSH, new Resource.SomeRef(repository.name())),
                catalog.allows(exchange, Action.READ, whole));
        try (HostedRepository open = catalog.open(repository)) {
            return json.repository(repository, open.isEmpty(), permissions);
        }
    }

    private static String namespaceOf(Principal principal) {
        return switch (principal) {
            case Principal.Person person -> person.subject();
            case Principal.Workload workload -> workload.displayName();
        };
    }

    private static RepositoryName name(String owner, String name) {
        return RepositoryName.parse(owner + "/" + name).orElseThrow(() -> notAName(owner + "/" + name));
    }

    private static FailureException notAName(String name) {
        return RepositoryCause.REPOSITORY_NAME_INVALID
                .with("name", name, "detail", "it is not in canonical form")
                .asException();
    }

    private static void requireMethod(Exchange exchange, String allowed) {
        if (!List.of(allowed.split(", ", -1)).contains(exchange.method())) {
            throw RequestCause.METHOD_NOT_ALLOWED
                    .with("method", exchange.method(), "path", exchange.path().value(), "allowed", allowed)
                    .asException();
        }
    }

    private static void send(Exchange exchange, int status, JsonNode body) throws IOException {
        exchange.answer(Answer.of(status, Answer.JSON, body.toString() + "\n"));
    }
}
