package dev.gatehouse.core.repository;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a repository: {@code owner/name}, ASCII and lower-case, without the {@code .git} of its URL. The owner is its namespace.
 *
 * @param owner one segment
 * @param name one segment
 */
public record RepositoryName(String owner, String name) {
    /** Each segment starts with a letter or digit; dots, dashes and underscores may follow. */
    private static final Pattern SEGMENT = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    /** @throws IllegalArgumentException where either part is not canonical */
    public RepositoryName {
        if (!isSegment(owner) || !isSegment(name)) {
            throw new IllegalArgumentException("not a repository name: " + owner + "/" + name);
        }
    }

    /** The name written as {@code owner/name}; empty where it is not in canonical form. */
    public static Optional<RepositoryName> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !isSegment(text.substring(0, slash)) || !isSegment(text.substring(slash + 1))) {
            return Optional.empty();
        }
        return Optional.of(new RepositoryName(text.substring(0, slash), text.substring(slash + 1)));
    }

    private static boolean isSegment(String text) {
        return SEGMENT.matcher(text).matches()
                && !text.endsWith(".git")
                && !text.endsWith(".")
                && !text.contains("..")
                && !text.endsWith(".lock");
    }

    /** The path of its smart-HTTP root, such as {@code /demo/hello.git}. */
    public String gitPath() {
        return "/" + owner + "/" + name + ".git";
    }

    @Override
    public String toString() {
        return owner + "/" + name;
    }
}
