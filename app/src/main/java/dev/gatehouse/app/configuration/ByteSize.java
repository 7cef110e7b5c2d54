package dev.gatehouse.app.configuration;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of bytes.
 *
 * @param bytes at least 0
 */
public record ByteSize(long bytes) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})(B|KiB|MiB|GiB|TiB)");
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final int BITS_PER_UNIT = 10;

    /** The amount written as a whole number and its unit, such as {@code 64KiB}; empty where it is none. */
    public static Optional<ByteSize> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        int shift = BITS_PER_UNIT * Arrays.asList(UNITS).indexOf(matcher.group(2));
        long bytes = number << shift;
        return bytes >> shift == number ? Optional.of(new ByteSize(bytes)) : Optional.empty();
    }

    @Override
    public String toString() {
        long number = bytes;
        int unit = 0;
        while (number != 0 && number % (1L << BITS_PER_UNIT) == 0 && unit < UNITS.length - 1) {
            number >>= BITS_PER_UNIT;
            unit++;
        }
        return number + UNITS[unit];
    }
}
