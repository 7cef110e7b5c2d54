package dev.gatehouse.core.policy;

import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.repository.RepositoryName;
import java.util.List;

/**
 * One compiled version of the rules. Immutable; safe for all threads; evaluation allocates nothing but its answer, and keeps no cache: the rules
 * are indexed by repository and by principal when they are compiled.
 */
public final class Policy {
    private static final RuleReference PUBLIC_PAGE = RuleReference.builtIn("public-page");
    private static final RuleReference SIGNED_IN_PAGE = RuleReference.builtIn("signed-in-page");

    private final PolicyVersion version;
    private final boolean loaded;
    private final List<CompiledRule> compiled;
    private final List<Rule> rules;
    private final RuleIndex allows;
    private final RuleIndex forbids;

    private Policy(PolicyVersion version, boolean loaded, List<CompiledRule> compiled) {
        this.version = version;
        this.loaded = loaded;
        this.compiled = List.copyOf(compiled);
        this.rules = compiled.stream().map(CompiledRule::rule).toList();
        this.allows = new RuleIndex(compiled, Effect.ALLOW);
        this.forbids = new RuleIndex(compiled, Effect.FORBID);
    }

    static Policy of(PolicyVersion version, List<CompiledRule> compiled) {
        return new Policy(version, true, compiled);
    }

    /** Denies everything but public pages, with the cause that no rules have come yet: for a node before its first snapshot. */
    public static Policy empty(PolicyVersion version) {
        return new Policy(version, false, List.of());
    }

    /** Which version this is. */
    public PolicyVersion version() {
        return version;
    }

    /** The rules, in the order of the file. */
    public List<Rule> rules() {
        return rules;
    }

    /** Decides one question. Default deny; forbid beats allow; of several rules that apply, the first in the file is named. */
    public Decision decide(AccessRequest request) {
        if (request.resource() instanceof Resource.PublicPage) {
            return new Permit(request, PUBLIC_PAGE, version);
        }
        if (!loaded) {
            return Refusals.withoutPolicy(request, version);
        }
        if (request.principal().isEmpty()) {
            return Refusals.byDefault(request, version);
        }
        Principal principal = request.principal().get();
        Action action = request.action();
        return switch (request.resource()) {
            case Resource.PublicPage page -> new Permit(request, PUBLIC_PAGE, version);
            case Resource.SignedInPage page -> new Permit(request, SIGNED_IN_PAGE, version);
            case Resource.Repository(RepositoryName name) ->
                switch (action) {
                    case READ, CREATE, DELETE -> decide(request, principal, new Question.Whole(action, name));
                    case PUSH, FORCE_PUSH, CALL -> Refusals.byDefault(request, version);
                };
            case Resource.Ref ref ->
                switch (action) {
                    case PUSH, FORCE_PUSH, DELETE ->
                        decide(
                                request,
                                principal,
                                new Question.OneRef(
                                        action, ref.repository(), ref.name().value()));
                    case READ, CREATE, CALL -> Refusals.byDefault(request, version);
                };
            case Resource.SomeRef(RepositoryName name) ->
                switch (action) {
                    case PUSH -> decideSomeRef(request, principal, name);
                    case READ, FORCE_PUSH, CREATE, DELETE, CALL -> Refusals.byDefault(request, version);
                };
            case Resource.Service(String name) ->
                switch (action) {
                    case CALL -> decide(request, principal, new Question.OfService(action, name));
                    case READ, PUSH, FORCE_PUSH, CREATE, DELETE -> Refusals.byDefault(request, version);
                };
        };
    }

    private Decision decide(AccessRequest request, Principal principal, Question question) {
        CompiledRule forbid = forbids.first(principal, question);
        if (forbid != null) {
            return Refusals.byRule(request, forbid.rule(), version);
        }
        CompiledRule allow = allows.first(principal, question);
        return allow == null
                ? Refusals.byDefault(request, version)
                : new Permit(request, allow.rule().reference(), version);
    }

    /** Asked before a push has said whether it moves, forces or deletes, so any of the three is enough. */
    private Decision decideSomeRef(AccessRequest request, Principal principal, RepositoryName repository) {
        Rule forbidden = null;
        for (Action action : RefActions.ALL) {
            CompiledRule forbid = forbids.first(principal, new Question.EveryRef(action, repository));
            if (forbid == null) {
                CompiledRule allow = allows.first(principal, new Question.AnyRef(action, repository));
                if (allow != null) {
                    return new Permit(request, allow.rule().reference(), version);
                }
            } else if (forbidden == null) {
                forbidden = forbid.rule();
            }
        }
        return forbidden == null ? Refusals.byDefault(request, version) : Refusals.byRule(request, forbidden, version);
    }

    /** Up to three allow rules that come nearest to permitting {@code request}, the nearest first, each with what did not match. */
    public List<NearRule> nearest(AccessRequest request) {
        return NearRule.nearest(compiled, request);
    }

    /** Decides whether {@code subject} may be done, and wraps it in its permit where it may. */
    public <T extends Authorisable> Authorised<T> authorise(T subject) {
        return switch (decide(subject.accessRequest())) {
            case Permit permit -> new Permitted<>(subject, permit);
            case Refusal refusal -> new Authorised.Refused<>(subject, refusal);
        };
    }
}
