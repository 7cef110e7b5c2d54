package dev.gatehouse.core.http;

import dev.gatehouse.core.cause.RequestCause;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A query as name and value pairs, strictly: each name once, all of it UTF-8, no empty names, no control characters. A {@code +} is a space, as
 * browsers' forms send it.
 */
public final class Query {
    private static final int PARAMETERS_MAX = 100;

    private Query() {}

    /** Reads a raw query without its {@code ?}. An absent or empty one has no parameters. */
    public static ParsedQuery parse(Optional<String> raw) {
        if (raw.isEmpty() || raw.get().isEmpty()) {
            return new ParsedQuery.Parameters(Map.of());
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : raw.get().split("&", -1)) {
            int equals = pair.indexOf('=');
            Optional<String> name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            Optional<String> value = equals < 0 ? Optional.of("") : decoded(pair.substring(equals + 1));
            if (name.isEmpty() || value.isEmpty() || name.get().isEmpty()) {
                return malformed("a parameter is empty or not UTF-8");
            }
            if (parameters.put(name.get(), value.get()) != null) {
                return malformed("the parameter " + name.get() + " stands there twice");
            }
            if (parameters.size() > PARAMETERS_MAX) {
                return malformed("there are more than " + PARAMETERS_MAX + " parameters");
            }
        }
        return new ParsedQuery.Parameters(Collections.unmodifiableMap(parameters));
    }

    private static Optional<String> decoded(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                octets.write((high << 4) | low);
                i += 2;
            } else if (c > 0x20 && c < 0x7f) {
                octets.write(c == '+' ? ' ' : c);
            } else {
                return Optional.empty();
            }
        }
        try {
            String value = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toByteArray()))
                    .toString();
            return value.chars().anyMatch(Character::isISOControl) ? Optional.empty() : Optional.of(value);
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    private static ParsedQuery malformed(String detail) {
        return new ParsedQuery.Malformed(
                RequestCause.MALFORMED_REQUEST.with("detail", "its query cannot be read: " + detail));
    }
}
