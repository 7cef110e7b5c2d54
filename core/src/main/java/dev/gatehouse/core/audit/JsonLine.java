package dev.gatehouse.core.audit;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Writes one JSON object on one line (RFC 8259). All but printable ASCII is escaped, so a line is safe on any terminal and in any encoding. */
final class JsonLine {
    private final StringBuilder out;
    private boolean first = true;

    private JsonLine(StringBuilder out) {
        this.out = out;
    }

    static String object(Consumer<JsonLine> fields) {
        StringBuilder out = new StringBuilder(512);
        write(out, fields);
        return out.toString();
    }

    JsonLine text(String key, String value) {
        key(key);
        quote(value);
        return this;
    }

    JsonLine number(String key, long value) {
        key(key);
        out.append(value);
        return this;
    }

    JsonLine flag(String key, boolean value) {
        key(key);
        out.append(value);
        return this;
    }

    JsonLine object(String key, Consumer<JsonLine> fields) {
        key(key);
        write(out, fields);
        return this;
    }

    JsonLine texts(String key, Map<String, String> values) {
        return object(key, inner -> values.forEach(inner::text));
    }

    <T> JsonLine objects(String key, Iterable<T> values, BiConsumer<JsonLine, T> fields) {
        key(key);
        out.append('[');
        boolean firstElement = true;
        for (T value : values) {
            if (!firstElement) {
                out.append(',');
            }
            firstElement = false;
            write(out, inner -> fields.accept(inner, value));
        }
        out.append(']');
        return this;
    }

    JsonLine texts(String key, Iterable<String> values) {
        key(key);
        out.append('[');
        boolean firstElement = true;
        for (String value : values) {
            if (!firstElement) {
                out.append(',');
            }
            firstElement = false;
            quote(value);
        }
        out.append(']');
        return this;
    }

    private static void write(StringBuilder out, Consumer<JsonLine> fields) {
        out.append('{');
        fields.accept(new JsonLine(out));
        out.append('}');
    }

    private void key(String key) {
        if (!first) {
            out.append(',');
        }
        first = false;
        quote(key);
        out.append(':');
    }

    private void quote(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= 0x20 && c < 0x7f) {
                out.append(c);
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
        out.append('"');
    }
}
