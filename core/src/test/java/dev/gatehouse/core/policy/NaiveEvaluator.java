package dev.gatehouse.core.policy;

import dev.gatehouse.core.identity.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The semantics of the rules written a second time, as plainly as can be: every rule, in order, by regular expressions. */
final class NaiveEvaluator {
    private static final Set<Action> REF_ACTIONS = Set.of(Action.PUSH, Action.FORCE_PUSH, Action.DELETE);
    private static final Map<String, Set<String>> LOCAL_GROUPS = Map.of("team", Set.of("local|bob", "local|carol"));

    private final List<Rule> rules;

    NaiveEvaluator(List<Rule> rules) {
        this.rules = rules;
    }

    String decide(AccessRequest request) {
        Principal principal = request.principal().orElseThrow();
        Action action = request.action();
        return switch (request.resource()) {
            case Resource.Repository(var name)
            when Set.of(Action.READ, Action.CREATE, Action.DELETE).contains(action) -> {
                Predicate<Rule> about = rule ->
                        any(rule.repositories(), name.toString()) && rule.refs().isEmpty();
                yield decide(principal, action, about, about);
            }
            case Resource.Ref ref
            when REF_ACTIONS.contains(action) -> {
                Predicate<Rule> about = rule -> any(
                                rule.repositories(), ref.repository().toString())
                        && (rule.refs().isEmpty() || any(rule.refs(), ref.name().value()));
                yield decide(principal, action, about, about);
            }
            case Resource.SomeRef(var name)
            when action == Action.PUSH -> {
                Predicate<Rule> allows = rule -> any(rule.repositories(), name.toString());
                Predicate<Rule> forbids = allows.and(rule -> rule.refs().isEmpty()
                        || rule.refs().contains("**")
                        || rule.refs().contains("refs/**"));
                List<String> answers = List.of(
                        decide(principal, Action.PUSH, forbids, allows),
                        decide(principal, Action.FORCE_PUSH, forbids, allows),
                        decide(principal, Action.DELETE, forbids, allows));
                yield answers.stream()
                        .filter(answer -> answer.startsWith("permit"))
                        .findFirst()
                        .or(() -> answers.stream()
                                .filter(answer -> !answer.contains("default-deny"))
                                .findFirst())
                        .orElse("refuse default-deny:0");
            }
            case Resource.Service(var name)
            when action == Action.CALL -> {
                Predicate<Rule> about = rule -> any(rule.services(), name);
                yield decide(principal, action, about, about);
            }
            default -> "refuse default-deny:0";
        };
    }

    private String decide(Principal principal, Action action, Predicate<Rule> forbids, Predicate<Rule> allows) {
        return first(principal, action, Effect.FORBID, forbids)
                .map(rule -> "refuse " + rule.id() + ":" + rule.line())
                .or(() -> first(principal, action, Effect.ALLOW, allows)
                        .map(rule -> "permit " + rule.id() + ":" + rule.line()))
                .orElse("refuse default-deny:0");
    }

    private Optional<Rule> first(Principal principal, Action action, Effect effect, Predicate<Rule> about) {
        return rules.stream()
                .filter(rule -> rule.effect() == effect)
                .filter(rule -> rule.actions().contains(action))
                .filter(rule -> names(rule.who(), principal))
                .filter(rule -> rule.except().stream().noneMatch(except -> names(except, principal)))
                .filter(about)
                .findFirst();
    }

    private static boolean names(Who who, Principal principal) {
        return who.anyone()
                || switch (principal) {
                    case Principal.Person person ->
                        who.users().contains(person.key())
                                || who.groups().stream()
                                        .anyMatch(group -> person.groups().contains(group)
                                                || LOCAL_GROUPS
                                                        .getOrDefault(group, Set.of())
                                                        .contains(person.key()));
                    case Principal.Workload workload -> who.workloads().contains(workload.id());
                };
    }

    static boolean any(List<String> globs, String name) {
        return globs.stream().anyMatch(glob -> matches(glob, name));
    }

    static boolean matches(String glob, String name) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            if (glob.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else {
                regex.append(glob.charAt(i) == '*' ? "[^/]*" : Pattern.quote(glob.substring(i, i + 1)));
            }
        }
        return Pattern.matches(regex.toString(), name);
    }
}
