package dev.gatehouse.core.policy;

import java.util.List;
import java.util.Map;

/** A rule as it was read, with its globs on repositories parsed already. */
record RuleParts(Rule rule, List<RepositoryGlob> repositories) {
    CompiledRule compile(int ordinal, Map<String, List<String>> localGroups) {
        return new CompiledRule(
                rule,
                ordinal,
                new WhoMatcher(rule.who(), localGroups),
                rule.except().map(who -> new WhoMatcher(who, localGroups)),
                repositories);
    }
}
