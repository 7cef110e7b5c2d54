package dev.gatehouse.core.policy;

import dev.gatehouse.core.repository.RepositoryName;
import java.util.Optional;

/**
 * A pattern on a repository's name: {@code owner/name} with wildcards in either part, or {@code **} for all. A repository's name has exactly one
 * slash, so the two parts are matched apart, and nothing is joined to be matched.
 */
final class RepositoryGlob {
    private static final String ALL = "**";

    private final String text;
    private final Glob owner;
    private final Glob name;

    private RepositoryGlob(String text, Glob owner, Glob name) {
        this.text = text;
        this.owner = owner;
        this.name = name;
    }

    /** The glob written as {@code text}; empty where it could match no repository. */
    static Optional<RepositoryGlob> parse(String text) {
        if (text.equals(ALL)) {
            return Optional.of(new RepositoryGlob(text, Glob.of(ALL), Glob.of(ALL)));
        }
        int slash = text.indexOf('/');
        // With every wildcard standing for one letter, what is left must be a name that a repository can have.
        if (slash <= 0 || RepositoryName.parse(text.replaceAll("\\*+", "a")).isEmpty()) {
            return Optional.empty();
        }
        // Neither part can hold a slash, so a star reaches as far as two.
        Glob owner = Glob.of(text.substring(0, slash).replaceAll("\\*+", "**"));
        Glob name = Glob.of(text.substring(slash + 1).replaceAll("\\*+", "**"));
        return Optional.of(new RepositoryGlob(text, owner, name));
    }

    boolean matches(RepositoryName repository) {
        return owner.matches(repository.owner()) && name.matches(repository.name());
    }

    boolean covers(RepositoryGlob other) {
        return owner.covers(other.owner) && name.covers(other.name);
    }

    /** The one owner that it can match; empty where it can match several. */
    Optional<String> literalOwner() {
        return owner.isLiteral() ? Optional.of(owner.toString()) : Optional.empty();
    }

    /** The one name within an owner that it can match; empty where it can match several. */
    Optional<String> literalName() {
        return name.isLiteral() ? Optional.of(name.toString()) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
