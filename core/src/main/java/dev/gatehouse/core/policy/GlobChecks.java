package dev.gatehouse.core.policy;

import dev.gatehouse.core.repository.RefName;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says what is wrong with a glob, before one is made of it. */
final class GlobChecks {
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9._*-]+");
    private static final Pattern WILDCARDS = Pattern.compile("\\*+");

    private GlobChecks() {}

    static Optional<String> repository(String text) {
        return size(text).or(() -> {
            if (RepositoryGlob.parse(text).isPresent()) {
                return Optional.empty();
            }
            String hint = text.matches("[a-z0-9._-]+")
                    ? "; all of a namespace is '" + text + "/*'"
                    : "; write owner/name in lower case, without .git, or '**' for all";
            return Optional.of("'" + text + "' can match no repository" + hint);
        });
    }

    static Optional<String> ref(String text) {
        return size(text).or(() -> {
            // With every wildcard standing for one letter, what is left must be a name that a ref can have.
            String example = WILDCARDS.matcher(text).replaceAll("a");
            if (text.startsWith("**") || RefName.parse(example).isPresent()) {
                return Optional.empty();
            }
            String hint = RefName.parse("refs/heads/" + example).isPresent() && !text.startsWith("refs/")
                    ? "; did you mean 'refs/heads/" + text + "'?"
                    : "; write it in full, such as refs/heads/main or refs/tags/*";
            return Optional.of("'" + text + "' can match no ref" + hint);
        });
    }

    static Optional<String> service(String text) {
        return size(text)
                .or(() -> SERVICE.matcher(text).matches()
                        ? Optional.empty()
                        : Optional.of(
                                "'" + text + "' can match no service: names are made of letters, digits, ., _ and -"));
    }

    private static Optional<String> size(String text) {
        if (text.isEmpty()) {
            return Optional.of("an empty glob matches nothing");
        }
        if (text.length() > Glob.LENGTH_MAX) {
            return Optional.of("a glob may have " + Glob.LENGTH_MAX + " characters at most");
        }
        return Glob.wildcards(text) > Glob.WILDCARDS_MAX
                ? Optional.of("a glob may have " + Glob.WILDCARDS_MAX + " wildcards at most")
                : Optional.empty();
    }
}
