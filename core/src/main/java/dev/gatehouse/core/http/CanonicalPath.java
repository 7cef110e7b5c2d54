package dev.gatehouse.core.http;

import dev.gatehouse.core.cause.RequestCause;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The path of a request in the one form that we, and every server behind us, read alike. Nothing is repaired: what is not in this form is
 * refused. The rule:
 *
 * <ul>
 *   <li>origin-form only (RFC 9112, section 3.2.1): it starts with one slash, has no fragment, and is at most {@value TARGET_BYTES_MAX} bytes
 *       with its query;
 *   <li>no empty segment, except the last (a trailing slash is part of the path); no {@code .} or {@code ..};
 *   <li>only the characters of RFC 3986's {@code pchar}, without {@code ;}; so no backslash, no control character, nothing beyond ASCII;
 *   <li>no {@code %} in the first two segments, which name repositories and services; after them {@code %XX} with upper-case digits, for what
 *       cannot stand as itself: never for a letter, digit, {@code -._~}, nor for {@code / \ ; %} or a control character, and all of a segment
 *       decodes to UTF-8.
 * </ul>
 *
 * @param value the path, without its query
 */
public record CanonicalPath(String value) {
    /** Path and query together. */
    public static final int TARGET_BYTES_MAX = 8192;

    private static final int SEGMENTS_WITHOUT_ESCAPES = 2;
    private static final String ALLOWED_MARKS = "-._~!$&'()*+,=:@";
    private static final String ALLOWED_IN_QUERY = ALLOWED_MARKS + "/?;%";
    private static final String NEVER_ESCAPED = "-._~/\\;%";

    /** @throws IllegalArgumentException where the path is not canonical */
    public CanonicalPath {
        Optional<String> complaint = complaint(value);
        if (complaint.isPresent()) {
            throw new IllegalArgumentException("not a canonical path: " + complaint.get());
        }
    }

    /** Reads the request target of HTTP/1.1, or {@code :path} of HTTP/2. */
    public static RequestTarget parse(String rawTarget) {
        if (rawTarget.length() > TARGET_BYTES_MAX) {
            return refused("it is longer than " + TARGET_BYTES_MAX + " bytes");
        }
        int mark = rawTarget.indexOf('?');
        String path = mark < 0 ? rawTarget : rawTarget.substring(0, mark);
        Optional<String> complaint = complaint(path);
        if (complaint.isPresent()) {
            return refused(complaint.get());
        }
        if (mark < 0) {
            return new RequestTarget.Canonical(new CanonicalPath(path), Optional.empty());
        }
        String query = rawTarget.substring(mark + 1);
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (!isLetterOrDigit(c) && ALLOWED_IN_QUERY.indexOf(c) < 0) {
                return refused("the query has " + shown(c) + " in it");
            }
        }
        return new RequestTarget.Canonical(new CanonicalPath(path), Optional.of(query));
    }

    /** The segments between the slashes, escapes as they came; empty for {@code /}. A trailing slash adds none. */
    public List<String> segments() {
        int end = endsWithSlash() ? value.length() - 1 : value.length();
        return end <= 0 ? List.of() : List.of(value.substring(1, end).split("/", -1));
    }

    /** Whether it ends with a slash, {@code /} itself included. */
    public boolean endsWithSlash() {
        return value.endsWith("/");
    }

    @Override
    public String toString() {
        return value;
    }

    private static Optional<String> complaint(String path) {
        if (!path.startsWith("/")) {
            return Optional.of("it does not start with a slash");
        }
        if (path.length() > TARGET_BYTES_MAX) {
            return Optional.of("it is longer than " + TARGET_BYTES_MAX + " bytes");
        }
        int segment = 0;
        int from = 1;
        while (from < path.length()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            Optional<String> complaint = complaintAboutSegment(path, from, to, segment >= SEGMENTS_WITHOUT_ESCAPES);
            if (complaint.isPresent()) {
                return complaint;
            }
            segment++;
            from = to + 1;
        }
        return Optional.empty();
    }

    private static Optional<String> complaintAboutSegment(String path, int from, int to, boolean mayEscape) {
        int length = to - from;
        if (length == 0) {
            return Optional.of("it has a double slash");
        }
        if (path.charAt(from) == '.' && (length == 1 || (length == 2 && path.charAt(from + 1) == '.'))) {
            return Optional.of("it has a dot segment");
        }
        boolean escapes = false;
        for (int i = from; i < to; i++) {
            char c = path.charAt(i);
            if (c == '%') {
                escapes = true;
            } else if (!isLetterOrDigit(c) && ALLOWED_MARKS.indexOf(c) < 0) {
                return Optional.of("it has " + shown(c) + " in it");
            }
        }
        if (!escapes) {
            return Optional.empty();
        }
        return mayEscape ? complaintAboutEscapes(path, from, to) : Optional.of("it has % in its first two segments");
    }

    private static Optional<String> complaintAboutEscapes(String path, int from, int to) {
        ByteBuffer decoded = ByteBuffer.allocate(to - from);
        for (int i = from; i < to; i++) {
            char c = path.charAt(i);
            if (c != '%') {
                decoded.put((byte) c);
                continue;
            }
            int value = i + 2 < to ? escaped(path.charAt(i + 1), path.charAt(i + 2)) : -1;
            if (value < 0) {
                return Optional.of("a % is not followed by two upper-case hex digits");
            }
            boolean control = value < 0x20 || value == 0x7f;
            if (control || isLetterOrDigit((char) value) || NEVER_ESCAPED.indexOf(value) >= 0) {
                return Optional.of("it escapes what must not be escaped: " + path.substring(i, i + 3));
            }
            decoded.put((byte) value);
            i += 2;
        }
        try {
            boolean control = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(decoded.flip())
                    .codePoints()
                    .anyMatch(Character::isISOControl);
            return control ? Optional.of("it escapes a control character") : Optional.empty();
        } catch (CharacterCodingException notUtf8) {
            return Optional.of("its escapes are not UTF-8");
        }
    }

    private static int escaped(char high, char low) {
        boolean upper = isUpperHex(high) && isUpperHex(low);
        return upper ? (Character.digit(high, 16) << 4) | Character.digit(low, 16) : -1;
    }

    private static boolean isUpperHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static String shown(char c) {
        return c > 0x20 && c < 0x7f ? String.valueOf(c) : String.format("the byte 0x%02X", (int) c);
    }

    private static RequestTarget refused(String complaint) {
        return new RequestTarget.NotCanonical(RequestCause.PATH_NOT_CANONICAL.with("detail", complaint));
    }
}
