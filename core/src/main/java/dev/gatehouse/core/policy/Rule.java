package dev.gatehouse.core.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One rule as data, for tools that show, search or render the rules. Globs are as they were written.
 *
 * @param reference its ID and where it stands
 * @param effect allow or forbid
 * @param actions what it allows or forbids
 * @param who whom it is about
 * @param except whom it is not about all the same
 * @param repositories globs on {@code owner/name}; empty where the rule is about services
 * @param refs globs on full ref names; empty for all refs
 * @param services globs on the names of services; empty where the rule is about repositories
 * @param explain why the rule is there, shown with its refusals; may be empty
 * @param remedy what to do instead, likewise
 */
public record Rule(
        RuleReference reference,
        Effect effect,
        Set<Action> actions,
        Who who,
        Optional<Who> except,
        List<String> repositories,
        List<String> refs,
        List<String> services,
        String explain,
        String remedy) {
    public Rule {
        actions = Set.copyOf(actions);
        repositories = List.copyOf(repositories);
        refs = List.copyOf(refs);
        services = List.copyOf(services);
    }

    /** Its ID, unique within its policy. */
    public String id() {
        return reference.id();
    }

    /** The line it starts in, one-based. */
    public int line() {
        return reference.line();
    }
}
