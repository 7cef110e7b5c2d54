package dev.gatehouse.forge.api;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.RequestCause;
import dev.gatehouse.forge.http.Exchange;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of a request to make a repository. Fields that Gogs knows and that ask for what is not possible here are refused, not passed over.
 *
 * @param name without its owner
 * @param description may be empty
 */
record NewRepository(String name, String description) {
    private static final int BODY_BYTES_MAX = 64 << 10;
    private static final int DESCRIPTION_LENGTH_MAX = 512;
    private static final String TYPE = "application/json";
    private static final Set<String> KNOWN =
            Set.of("name", "description", "private", "unlisted", "auto_init", "gitignores", "license", "readme");

    static NewRepository read(Exchange exchange, JsonMapper mapper) throws IOException {
        // A type that no HTML form can send: a page elsewhere cannot make a browser send this.
        String type = exchange.header("Content-Type").orElse("none");
        if (!type.equals(TYPE) && !type.startsWith(TYPE + ";")) {
            throw RequestCause.CONTENT_TYPE_WRONG
                    .with("path", exchange.path().value(), "expected", TYPE, "actual", type)
                    .asException();
        }
        byte[] body = exchange.body().readNBytes(BODY_BYTES_MAX + 1);
        if (body.length > BODY_BYTES_MAX) {
            throw invalid("it is longer than " + BODY_BYTES_MAX + " bytes");
        }
        return of(parse(body, mapper));
    }

    private static JsonNode parse(byte[] body, JsonMapper mapper) {
        try {
            return mapper.readTree(body);
        } catch (JacksonException malformed) {
            throw invalid("it is not JSON: " + malformed.getOriginalMessage());
        }
    }

    private static NewRepository of(JsonNode json) {
        if (!json.isObject()) {
            throw invalid("it is not a JSON object");
        }
        for (String field : json.propertyNames()) {
            if (!KNOWN.contains(field)) {
                throw invalid("the field " + field + " is not known");
            }
        }
        if (flag(json, "auto_init")) {
            throw invalid("auto_init is not possible here: push the first commit");
        }
        if (json.has("private") && !flag(json, "private")) {
            throw invalid("private cannot be false: who may read is for the rules to say");
        }
        String name = text(json, "name").orElseThrow(() -> invalid("the field name is missing"));
        String description = text(json, "description").orElse("");
        if (description.length() > DESCRIPTION_LENGTH_MAX) {
            throw invalid("description is longer than " + DESCRIPTION_LENGTH_MAX + " characters");
        }
        return new NewRepository(name, description);
    }

    private static Optional<String> text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw invalid("the field " + field + " is not text");
        }
        return Optional.of(value.stringValue());
    }

    private static boolean flag(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw invalid("the field " + field + " is not true or false");
        }
        return value.booleanValue();
    }

    private static FailureException invalid(String detail) {
        return RequestCause.BODY_INVALID.with("detail", detail).asException();
    }
}
