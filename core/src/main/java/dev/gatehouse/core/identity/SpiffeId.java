package dev.gatehouse.core.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A SPIFFE ID (SPIFFE-ID, section 2). The scheme and trust domain are read in any case and always written in lower case.
 *
 * @param trustDomain who vouches for it
 * @param path empty for the trust domain itself, otherwise one or more segments, each with a leading slash
 */
public record SpiffeId(TrustDomain trustDomain, String path) {
    private static final String SCHEME = "spiffe://";
    private static final int LENGTH_MAX = 2048;
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._-]+)*");
    private static final Pattern DOT_SEGMENT = Pattern.compile(".*/\\.{1,2}(/.*)?");

    /** @throws IllegalArgumentException where the path is not one a SPIFFE ID may have */
    public SpiffeId {
        if (!PATH.matcher(path).matches()
                || DOT_SEGMENT.matcher(path).matches()
                || SCHEME.length() + trustDomain.name().length() + path.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("not a SPIFFE ID path: " + path);
        }
    }

    /** The ID written as {@code text}; empty where it is not a SPIFFE ID. */
    public static Optional<SpiffeId> parse(String text) {
        if (text.length() > LENGTH_MAX || !text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        int slash = text.indexOf('/', SCHEME.length());
        String domain = slash < 0 ? text.substring(SCHEME.length()) : text.substring(SCHEME.length(), slash);
        try {
            return Optional.of(new SpiffeId(
                    new TrustDomain(domain.toLowerCase(Locale.ROOT)), slash < 0 ? "" : text.substring(slash)));
        } catch (IllegalArgumentException notSpiffe) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return SCHEME + trustDomain.name() + path;
    }
}
