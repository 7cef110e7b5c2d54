package dev.gatehouse.core.trace;

/** Trace Context allows lower-case hex digits only, and {@code HexFormat} takes both cases. */
final class Hex {
    private Hex() {}

    static boolean isLowerCase(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }
}
