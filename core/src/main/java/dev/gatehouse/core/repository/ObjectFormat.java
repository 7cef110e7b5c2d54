package dev.gatehouse.core.repository;

import java.util.Optional;

/** The hash that names a repository's objects (gitprotocol-capabilities, object-format). */
public enum ObjectFormat {
    SHA1("sha1", 40),
    SHA256("sha256", 64);

    private final String label;
    private final int hexLength;

    ObjectFormat(String label, int hexLength) {
        this.label = label;
        this.hexLength = hexLength;
    }

    /** As it stands in {@code object-format=}. */
    public String label() {
        return label;
    }

    /** How many hex digits an ID has. */
    public int hexLength() {
        return hexLength;
    }

    /** The ID that means "no object" in a ref update. */
    public ObjectId zero() {
        return new ObjectId(this, "0".repeat(hexLength));
    }

    /** The format called {@code label}; empty where there is none of that name. */
    public static Optional<ObjectFormat> parse(String label) {
        for (ObjectFormat format : values()) {
            if (format.label.equals(label)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** The format whose IDs have {@code hexLength} digits; empty where there is none. */
    public static Optional<ObjectFormat> ofHexLength(int hexLength) {
        for (ObjectFormat format : values()) {
            if (format.hexLength == hexLength) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
