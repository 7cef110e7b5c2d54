package dev.gatehouse.core.policy;

/** Lists of globs, each matching what any of its globs matches. */
final class Globs {
    /** Every name that a ref can have. */
    static final Glob EVERY_REF = Glob.of("refs/**");

    private Globs() {}

    /** Whether {@code wide} matches all that {@code narrow} does; may say no where it is so, never yes where it is not. */
    static boolean cover(Glob[] wide, Glob[] narrow) {
        for (Glob glob : narrow) {
            if (!covers(wide, glob)) {
                return false;
            }
        }
        return true;
    }

    static boolean cover(RepositoryGlob[] wide, RepositoryGlob[] narrow) {
        for (RepositoryGlob glob : narrow) {
            if (!covers(wide, glob)) {
                return false;
            }
        }
        return true;
    }

    private static boolean covers(Glob[] wide, Glob narrow) {
        for (Glob glob : wide) {
            if (glob.covers(narrow)) {
                return true;
            }
        }
        return false;
    }

    private static boolean covers(RepositoryGlob[] wide, RepositoryGlob narrow) {
        for (RepositoryGlob glob : wide) {
            if (glob.covers(narrow)) {
                return true;
            }
        }
        return false;
    }
}
