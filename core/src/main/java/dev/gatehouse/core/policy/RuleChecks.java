package dev.gatehouse.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Looks at all rules together: what can never apply, and whether anybody is let in at all. */
final class RuleChecks {
    private final String file;
    private final List<RuleEntry> rules;
    private final List<RuleEntry> forbids;

    RuleChecks(String file, List<RuleEntry> rules) {
        this.file = file;
        this.rules = rules;
        this.forbids = rules.stream()
                .filter(entry -> entry.compiled().rule().effect() == Effect.FORBID)
                .toList();
    }

    /** Whether no rule lets anybody read or push anything. */
    boolean locksEveryoneOut() {
        return rules.stream().map(RuleEntry::compiled).noneMatch(this::letsSomebodyIn);
    }

    private boolean letsSomebodyIn(CompiledRule rule) {
        return rule.rule().effect() == Effect.ALLOW
                && rule.canApply()
                && Set.of(Action.READ, Action.PUSH, Action.FORCE_PUSH).stream()
                        .filter(rule::isAbout)
                        .anyMatch(action -> forbids.stream()
                                .noneMatch(forbid -> forbid.compiled().covers(rule, action)));
    }

    /** What somebody should look at, in the order of the file. */
    List<PolicyProblem> warnings() {
        List<PolicyProblem> warnings = new ArrayList<>();
        for (RuleEntry entry : rules) {
            warning(entry)
                    .ifPresent(message -> warnings.add(new PolicyProblem(
                            PolicyProblem.Kind.WARNING,
                            file,
                            entry.node().line(),
                            entry.node().column(),
                            "rule '" + entry.compiled().rule().id() + "' " + message)));
        }
        return warnings;
    }

    private Optional<String> warning(RuleEntry entry) {
        CompiledRule rule = entry.compiled();
        if (!rule.canApply()) {
            return Optional.of("can never apply: there is nobody that it is about");
        }
        if (rule.rule().effect() == Effect.ALLOW) {
            Optional<String> forbidden =
                    coveredBy(rule, forbids, forbid -> true).map(by -> "can never apply: " + by + " forbids all of it");
            if (forbidden.isPresent()) {
                return forbidden;
            }
        }
        Optional<String> repeated = coveredBy(
                        rule,
                        rules,
                        other -> other.ordinal() < rule.ordinal()
                                && other.rule().effect() == rule.rule().effect())
                .map(by -> "never decides: " + by + " already "
                        + rule.rule().effect().label() + "s all of it");
        return repeated.or(() -> leavesForcePush(rule));
    }

    /** The first rule among {@code candidates} that covers {@code rule} in whole, or with others for its other actions. */
    private static Optional<String> coveredBy(
            CompiledRule rule, List<RuleEntry> candidates, Predicate<CompiledRule> eligible) {
        Optional<String> first = Optional.empty();
        for (Action action : rule.rule().actions()) {
            Optional<String> covering = coveredBy(rule, action, candidates, eligible);
            if (covering.isEmpty()) {
                return Optional.empty();
            }
            first = first.or(() -> covering);
        }
        return first;
    }

    private static Optional<String> coveredBy(
            CompiledRule rule, Action action, List<RuleEntry> candidates, Predicate<CompiledRule> eligible) {
        for (RuleEntry candidate : candidates) {
            CompiledRule other = candidate.compiled();
            if (eligible.test(other) && other.covers(rule, action)) {
                return Optional.of(
                        "rule '" + other.rule().id() + "' (line " + other.rule().line() + ")");
            }
        }
        return Optional.empty();
    }

    /** To forbid pushing and leave forcing open is hardly ever meant. */
    private static Optional<String> leavesForcePush(CompiledRule rule) {
        return rule.rule().effect() == Effect.FORBID && rule.isAbout(Action.PUSH) && !rule.isAbout(Action.FORCE_PUSH)
                ? Optional.of("forbids push but not force-push: each is its own action")
                : Optional.empty();
    }
}
