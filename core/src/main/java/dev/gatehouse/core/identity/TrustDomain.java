package dev.gatehouse.core.identity;

import java.util.regex.Pattern;

/**
 * A SPIFFE trust domain (SPIFFE-ID, section 2.1): lower-case letters, digits, dots, dashes and underscores, at most 255 bytes.
 *
 * @param name the trust domain's name, without a scheme
 */
public record TrustDomain(String name) {
    private static final int LENGTH_MAX = 255;
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9._-]+");

    /** @throws IllegalArgumentException where the name is not a trust domain */
    public TrustDomain {
        if (name.length() > LENGTH_MAX || !ALLOWED.matcher(name).matches()) {
            throw new IllegalArgumentException("not a trust domain: " + name);
        }
    }

    /** The ID of a member of this trust domain; {@code path} starts with a slash. */
    public SpiffeId id(String path) {
        return new SpiffeId(this, path);
    }

    @Override
    public String toString() {
        return name;
    }
}
