package dev.gatehouse.forge.api;

import dev.gatehouse.core.cause.RequestCause;
import dev.gatehouse.forge.http.Exchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The parameters after {@code ?}; the first of a name counts. */
final class Query {
    private static final int PARAMETERS_MAX = 32;

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    static Query of(Exchange exchange) {
        Map<String, String> values = new HashMap<>();
        String query = exchange.query().orElse("");
        for (String parameter : query.split("&", PARAMETERS_MAX)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                values.putIfAbsent(decoded(parameter.substring(0, equals)), decoded(parameter.substring(equals + 1)));
            }
        }
        return new Query(values);
    }

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    int number(String name, int otherwise) {
        String value = text(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException notANumber) {
            throw RequestCause.BODY_INVALID
                    .with("detail", "the parameter " + name + " is not a number: " + value)
                    .asException();
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw RequestCause.BODY_INVALID
                    .with("detail", "a parameter is not encoded as a URL's must be: " + text)
                    .asException();
        }
    }
}
