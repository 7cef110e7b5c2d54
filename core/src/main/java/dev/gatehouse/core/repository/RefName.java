package dev.gatehouse.core.repository;

import java.util.Optional;

/**
 * The full name of a ref, by the rules of {@code git check-ref-format}.
 *
 * @param value such as {@code refs/heads/main}
 */
public record RefName(String value) {
    private static final String PREFIX = "refs/";
    private static final int LENGTH_MAX = 1024;
    private static final String FORBIDDEN = " ~^:?*[\\";

    /** @throws IllegalArgumentException where it is not a full, well-formed ref name */
    public RefName {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("not a ref name: " + value);
        }
    }

    /** The ref called {@code text}; empty where that is not a full, well-formed name. */
    public static Optional<RefName> parse(String text) {
        return isWellFormed(text) ? Optional.of(new RefName(text)) : Optional.empty();
    }

    private static boolean isWellFormed(String text) {
        if (!text.startsWith(PREFIX)
                || text.length() > LENGTH_MAX
                || text.length() == PREFIX.length()
                || text.endsWith("/")
                || text.endsWith(".")
                || text.contains("..")
                || text.contains("//")
                || text.contains("@{")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == 0x7f || FORBIDDEN.indexOf(c) >= 0) {
                return false;
            }
        }
        for (String part : text.split("/", -1)) {
            if (part.startsWith(".") || part.endsWith(".lock")) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
