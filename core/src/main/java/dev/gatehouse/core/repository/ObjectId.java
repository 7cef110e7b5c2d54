package dev.gatehouse.core.repository;

import java.util.Optional;

/**
 * The ID of a Git object, with the format that it is in.
 *
 * @param format which hash
 * @param hex lower-case hex digits, as many as the format has
 */
public record ObjectId(ObjectFormat format, String hex) {
    private static final int ABBREVIATED_LENGTH = 10;

    /** @throws IllegalArgumentException where the digits do not fit the format */
    public ObjectId {
        if (hex.length() != format.hexLength() || !isLowerHex(hex)) {
            throw new IllegalArgumentException("not a " + format.label() + " object ID: " + hex);
        }
    }

    /** The ID written as {@code hex}, its format told by its length; empty where it is none. */
    public static Optional<ObjectId> parse(String hex) {
        return ObjectFormat.ofHexLength(hex.length())
                .filter(format -> isLowerHex(hex))
                .map(format -> new ObjectId(format, hex));
    }

    /** Whether this stands for "no object". */
    public boolean isZero() {
        for (int i = 0; i < hex.length(); i++) {
            if (hex.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }

    /** Enough digits for a person to recognise it by. */
    public String abbreviated() {
        return hex.substring(0, ABBREVIATED_LENGTH);
    }

    private static boolean isLowerHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return hex;
    }
}
