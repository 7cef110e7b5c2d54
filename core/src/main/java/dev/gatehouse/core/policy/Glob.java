package dev.gatehouse.core.policy;

/**
 * A pattern on a name: {@code *} stands for any characters but a slash, {@code **} for any characters at all; everything else for itself.
 * Immutable; matches without allocating.
 */
final class Glob {
    static final int LENGTH_MAX = 256;
    /** Keeps the worst case of backtracking small. */
    static final int WILDCARDS_MAX = 8;

    private static final char STAR = '\u0001';
    private static final char STARS = '\u0002';

    private enum Shape {
        ALL,
        LITERAL,
        PREFIX,
        GENERAL
    }

    private final String text;
    /** The text with each wildcard as one character that no name can hold. */
    private final String pattern;

    private final String literalPrefix;
    private final Shape shape;

    private Glob(String text) {
        this.text = text;
        this.pattern = text.replace("**", String.valueOf(STARS)).replace('*', STAR);
        this.literalPrefix = pattern.substring(0, firstWildcard(pattern));
        this.shape = shapeOf(pattern, literalPrefix.length());
    }

    /** The glob written as {@code text}, which the caller has checked to be within the limits. */
    static Glob of(String text) {
        return new Glob(text);
    }

    static int wildcards(String text) {
        return (int) text.replace("**", "*").chars().filter(c -> c == '*').count();
    }

    private static int firstWildcard(String pattern) {
        int i = 0;
        while (i < pattern.length() && pattern.charAt(i) != STAR && pattern.charAt(i) != STARS) {
            i++;
        }
        return i;
    }

    private static Shape shapeOf(String pattern, int literalLength) {
        if (literalLength == pattern.length()) {
            return Shape.LITERAL;
        }
        if (literalLength == pattern.length() - 1 && pattern.charAt(literalLength) == STARS) {
            return literalLength == 0 ? Shape.ALL : Shape.PREFIX;
        }
        return Shape.GENERAL;
    }

    boolean isAll() {
        return shape == Shape.ALL;
    }

    boolean isLiteral() {
        return shape == Shape.LITERAL;
    }

    boolean matches(String name) {
        return switch (shape) {
            case ALL -> true;
            case LITERAL -> pattern.equals(name);
            case PREFIX -> name.startsWith(literalPrefix);
            case GENERAL -> name.startsWith(literalPrefix) && general(name);
        };
    }

    /**
     * Whether every name that {@code other} matches is matched by this one too. May say no where it is so, never yes where it is not: the
     * wildcards of {@code other} are read as characters, which only wildcards of this one that reach as far can take.
     */
    boolean covers(Glob other) {
        return isAll() || (other.pattern.startsWith(literalPrefix) && general(other.pattern));
    }

    /**
     * Walks both at once, and falls back to the last wildcard. The last {@code *} is enough within a segment, since slashes are fixed points
     * to it; where it cannot reach on, the last {@code **} takes one character more.
     */
    private boolean general(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int starAt = 0;
        int stars = -1;
        int starsAt = 0;
        while (at < name.length() || in < pattern.length()) {
            char wanted = in < pattern.length() ? pattern.charAt(in) : '\0';
            if (in < pattern.length() && wanted == STARS) {
                stars = in++;
                starsAt = at;
                star = -1;
            } else if (in < pattern.length() && wanted == STAR) {
                star = in++;
                starAt = at;
            } else if (at < name.length() && in < pattern.length() && name.charAt(at) == wanted) {
                at++;
                in++;
            } else if (star >= 0 && starAt < name.length() && isWithinSegment(name.charAt(starAt))) {
                at = ++starAt;
                in = star + 1;
            } else if (stars >= 0 && starsAt < name.length()) {
                at = ++starsAt;
                in = stars + 1;
                star = -1;
            } else {
                return false;
            }
        }
        return true;
    }

    private static boolean isWithinSegment(char c) {
        return c != '/' && c != STARS;
    }

    @Override
    public String toString() {
        return text;
    }
}
