package dev.gatehouse.core.policy;

import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.repository.RepositoryName;
import java.util.List;
import java.util.Optional;

/** A {@link Rule}, ready to be asked. Immutable; none of the questions allocates. */
final class CompiledRule {
    private final Rule rule;
    private final int ordinal;
    private final int actionBits;
    private final WhoMatcher who;
    private final Optional<WhoMatcher> except;
    private final RepositoryGlob[] repositories;
    private final Glob[] refs;
    private final Glob[] services;

    /** @param ordinal its place in the file; of two that apply, the earlier one decides */
    CompiledRule(
            Rule rule, int ordinal, WhoMatcher who, Optional<WhoMatcher> except, List<RepositoryGlob> repositories) {
        this.rule = rule;
        this.ordinal = ordinal;
        this.actionBits = rule.actions().stream().mapToInt(CompiledRule::bit).reduce(0, (a, b) -> a | b);
        this.who = who;
        this.except = except;
        this.repositories = repositories.toArray(RepositoryGlob[]::new);
        this.refs = rule.refs().stream().map(Glob::of).toArray(Glob[]::new);
        this.services = rule.services().stream().map(Glob::of).toArray(Glob[]::new);
    }

    private static int bit(Action action) {
        return switch (action) {
            case READ -> 1;
            case PUSH -> 1 << 1;
            case FORCE_PUSH -> 1 << 2;
            case CREATE -> 1 << 3;
            case DELETE -> 1 << 4;
            case CALL -> 1 << 5;
        };
    }

    Rule rule() {
        return rule;
    }

    int ordinal() {
        return ordinal;
    }

    WhoMatcher who() {
        return who;
    }

    List<RepositoryGlob> repositories() {
        return List.of(repositories);
    }

    boolean isAbout(Action action) {
        return (actionBits & bit(action)) != 0;
    }

    boolean isAbout(Principal principal) {
        return who.matches(principal) && !isExcepted(principal);
    }

    boolean isExcepted(Principal principal) {
        return except.isPresent() && except.get().matches(principal);
    }

    boolean isAbout(RepositoryName repository) {
        for (RepositoryGlob glob : repositories) {
            if (glob.matches(repository)) {
                return true;
            }
        }
        return false;
    }

    boolean isAboutRef(String ref) {
        return refs.length == 0 || anyMatches(refs, ref);
    }

    boolean isAboutService(String service) {
        return anyMatches(services, service);
    }

    /** Whether it names no refs, and so holds for the repository as a whole. */
    boolean namesNoRefs() {
        return refs.length == 0;
    }

    /** Whether there is no ref that it is not about. */
    boolean isAboutAllRefs() {
        return refs.length == 0 || anyMatchesAllRefs();
    }

    private boolean anyMatchesAllRefs() {
        for (Glob glob : refs) {
            if (glob.covers(Globs.EVERY_REF)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyMatches(Glob[] globs, String name) {
        for (Glob glob : globs) {
            if (glob.matches(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether this applies wherever {@code other} does for {@code action}; may say no where it is so, never yes where it is not. */
    boolean covers(CompiledRule other, Action action) {
        return isAbout(action)
                && other.isAbout(action)
                && who.covers(other.who)
                && exceptsNoMoreThan(other)
                && Globs.cover(repositories, other.repositories)
                && (refs.length == 0 || (other.refs.length > 0 && Globs.cover(refs, other.refs)))
                && (services.length == 0) == (other.services.length == 0)
                && Globs.cover(services, other.services);
    }

    private boolean exceptsNoMoreThan(CompiledRule other) {
        return except.isEmpty()
                || (other.except.isPresent() && other.except.get().covers(except.get()));
    }

    /** Whether there can be anybody that it is about. */
    boolean canApply() {
        return who.canMatch() && except.stream().noneMatch(excepted -> excepted.covers(who));
    }
}
