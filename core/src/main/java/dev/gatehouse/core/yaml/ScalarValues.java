package dev.gatehouse.core.yaml;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What the text of a scalar is worth as a number, a duration or a size; empty where it is none. */
final class ScalarValues {
    private static final int DIGITS_MAX = 18;
    private static final Map<String, Duration> DURATION_UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Map<String, Long> SIZE_UNITS_BYTES =
            Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);

    private ScalarValues() {}

    static Optional<Boolean> bool(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    static Optional<Long> integer(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        return digits(digits) == digits.length() ? number(digits).map(n -> negative ? -n : n) : Optional.empty();
    }

    /** Such as {@code 500ms}, {@code 15m}, {@code 24h}; one number and one unit. */
    static Optional<Duration> duration(String text) {
        int digits = digits(text);
        Optional<Duration> unit = Optional.ofNullable(DURATION_UNITS.get(text.substring(digits)));
        try {
            return number(text.substring(0, digits)).flatMap(n -> unit.map(one -> one.multipliedBy(n)));
        } catch (ArithmeticException tooLong) {
            return Optional.empty();
        }
    }

    /** In bytes; such as {@code 64KiB}, {@code 5GiB}; one number and one unit. */
    static Optional<Long> sizeBytes(String text) {
        int digits = digits(text);
        Optional<Long> unit = Optional.ofNullable(SIZE_UNITS_BYTES.get(text.substring(digits)));
        try {
            return number(text.substring(0, digits)).flatMap(n -> unit.map(one -> Math.multiplyExact(n, one)));
        } catch (ArithmeticException tooLarge) {
            return Optional.empty();
        }
    }

    private static int digits(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    private static Optional<Long> number(String digits) {
        return digits.isEmpty() || digits.length() > DIGITS_MAX
                ? Optional.empty()
                : Optional.of(Long.parseLong(digits));
    }
}
