package dev.gatehouse.core.handover;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@link FormWriter} wrote, and nothing else. Each key is taken out as it is read; what is left over was not expected. */
final class FormReader {
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /** @throws IllegalArgumentException where {@code form} is not one */
    FormReader(String form) {
        for (String field : form.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("a field is not key=value");
            }
            values.computeIfAbsent(field.substring(0, equals), key -> new ArrayList<>())
                    .add(unescaped(field.substring(equals + 1)));
        }
    }

    /** The value of a key that must stand there once. */
    String one(String key) {
        List<String> all = all(key);
        if (all.size() != 1) {
            throw new IllegalArgumentException(key + " stands there " + all.size() + " times");
        }
        return all.getFirst();
    }

    /** The values of a key that may stand there any number of times. */
    List<String> all(String key) {
        List<String> all = values.remove(key);
        return all == null ? List.of() : all;
    }

    void requireNothingLeft() {
        if (!values.isEmpty()) {
            throw new IllegalArgumentException(
                    "unexpected: " + values.keySet().iterator().next());
        }
    }

    private static String unescaped(String text) {
        ByteBuffer octets = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' && i + 2 < text.length()) {
                octets.put((byte) ((digit(text.charAt(i + 1)) << 4) | digit(text.charAt(i + 2))));
                i += 2;
            } else if (FormWriter.isPlain(c)) {
                octets.put((byte) c);
            } else {
                throw new IllegalArgumentException("a value has what must be escaped");
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString();
        } catch (CharacterCodingException notUtf8) {
            throw new IllegalArgumentException("a value is not UTF-8", notUtf8);
        }
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'A' && c <= 'F') {
            return c - 'A' + 10;
        }
        throw new IllegalArgumentException("a % is not followed by two upper-case hex digits");
    }
}
