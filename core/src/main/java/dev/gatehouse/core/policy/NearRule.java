package dev.gatehouse.core.policy;

import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.repository.RepositoryName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A rule that came near to allowing something.
 *
 * @param rule which
 * @param mismatches what did not match; empty where it does apply
 */
public record NearRule(Rule rule, List<Mismatch> mismatches) {
    private static final int NEAR_RULES_MAX = 3;

    /**
     * One part of a rule that did not match.
     *
     * @param part which part
     * @param wanted what the rule says
     * @param asked what the request says
     */
    public record Mismatch(Part part, String wanted, String asked) {}

    /** The parts of a rule that can fail to match. */
    public enum Part {
        WHO,
        EXCEPT,
        ACTION,
        RESOURCE,
        REF
    }

    public NearRule {
        mismatches = List.copyOf(mismatches);
    }

    static List<NearRule> nearest(List<CompiledRule> rules, AccessRequest request) {
        return rules.stream()
                .filter(rule -> rule.rule().effect() == Effect.ALLOW)
                .map(rule -> new NearRule(rule.rule(), mismatches(rule, request)))
                .sorted(Comparator.comparingInt(near -> near.mismatches().size()))
                .limit(NEAR_RULES_MAX)
                .toList();
    }

    private static List<Mismatch> mismatches(CompiledRule compiled, AccessRequest request) {
        Rule rule = compiled.rule();
        List<Mismatch> mismatches = new ArrayList<>();
        String asking = request.principal().map(Principal::key).orElse("nobody");
        if (request.principal().filter(compiled.who()::matches).isEmpty()) {
            mismatches.add(new Mismatch(Part.WHO, rule.who().toString(), asking));
        } else if (request.principal().filter(compiled::isExcepted).isPresent()) {
            mismatches.add(
                    new Mismatch(Part.EXCEPT, rule.except().map(Who::toString).orElse(""), asking));
        }
        if (!isAboutAction(compiled, request)) {
            String wanted = String.join(
                    ", ", rule.actions().stream().sorted().map(Action::label).toList());
            mismatches.add(new Mismatch(Part.ACTION, wanted, request.action().label()));
        }
        switch (request.resource()) {
            case Resource.Repository(RepositoryName name) -> {
                compareRepository(compiled, name, mismatches);
                if (!compiled.namesNoRefs()) {
                    mismatches.add(new Mismatch(Part.REF, String.join(", ", rule.refs()), "the whole repository"));
                }
            }
            case Resource.SomeRef(RepositoryName name) -> compareRepository(compiled, name, mismatches);
            case Resource.Ref ref -> {
                compareRepository(compiled, ref.repository(), mismatches);
                if (!compiled.isAboutRef(ref.name().value())) {
                    mismatches.add(new Mismatch(
                            Part.REF, String.join(", ", rule.refs()), ref.name().value()));
                }
            }
            case Resource.Service(String name) -> {
                if (!compiled.isAboutService(name)) {
                    mismatches.add(new Mismatch(Part.RESOURCE, resources(rule), "service " + name));
                }
            }
            case Resource.PublicPage page -> mismatches.add(new Mismatch(Part.RESOURCE, resources(rule), page.path()));
            case Resource.SignedInPage page ->
                mismatches.add(new Mismatch(Part.RESOURCE, resources(rule), page.path()));
        }
        return mismatches;
    }

    private static boolean isAboutAction(CompiledRule compiled, AccessRequest request) {
        boolean anyRefAction = request.resource() instanceof Resource.SomeRef && request.action() == Action.PUSH;
        return anyRefAction ? RefActions.ALL.stream().anyMatch(compiled::isAbout) : compiled.isAbout(request.action());
    }

    private static void compareRepository(CompiledRule compiled, RepositoryName name, List<Mismatch> mismatches) {
        if (!compiled.isAbout(name)) {
            mismatches.add(new Mismatch(Part.RESOURCE, resources(compiled.rule()), name.toString()));
        }
    }

    private static String resources(Rule rule) {
        return rule.services().isEmpty()
                ? String.join(", ", rule.repositories())
                : "service " + String.join(", ", rule.services());
    }
}
