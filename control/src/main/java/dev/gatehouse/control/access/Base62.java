package dev.gatehouse.control.access;

import java.math.BigInteger;

/** Digits, upper-case and lower-case letters: what a double click selects whole. */
final class Base62 {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());

    private Base62() {}

    /** The number in exactly {@code length} digits. */
    static String encode(BigInteger number, int length) {
        char[] digits = new char[length];
        BigInteger rest = number;
        for (int i = length - 1; i >= 0; i--) {
            BigInteger[] division = rest.divideAndRemainder(BASE);
            digits[i] = ALPHABET.charAt(division[1].intValue());
            rest = division[0];
        }
        if (rest.signum() != 0) {
            throw new IllegalArgumentException("does not fit into " + length + " digits");
        }
        return new String(digits);
    }

    static boolean isBase62(String text) {
        return text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }
}
