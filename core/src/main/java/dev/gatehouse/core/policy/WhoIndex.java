package dev.gatehouse.core.policy;

import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.identity.SpiffeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rules by whom they name, so that a question only looks at those that can be about its principal. A pre-filter: each rule found is still asked
 * in full. Filled by one thread, then never changed.
 */
final class WhoIndex {
    /** A rule that names more is looked at for everybody: an index entry for each name would cost more than it saves. */
    private static final int NAMES_MAX = 32;

    private static final List<CompiledRule> NONE = List.of();

    private final List<CompiledRule> anyone = new ArrayList<>();
    private final Map<String, List<CompiledRule>> bySubject = new HashMap<>();
    private final Map<String, List<CompiledRule>> byGroup = new HashMap<>();
    private final Map<SpiffeId, List<CompiledRule>> byWorkload = new HashMap<>();

    /** Rules must come in their order. */
    void add(CompiledRule rule) {
        WhoMatcher who = rule.who();
        if (who.anyone()
                || who.subjects().size() + who.groups().size() + who.workloads().size() > NAMES_MAX) {
            anyone.add(rule);
            return;
        }
        who.subjects().forEach(subject -> put(bySubject, subject, rule));
        who.groups().forEach(group -> put(byGroup, group, rule));
        who.workloads().forEach(workload -> put(byWorkload, workload, rule));
    }

    private static <K> void put(Map<K, List<CompiledRule>> map, K key, CompiledRule rule) {
        map.computeIfAbsent(key, k -> new ArrayList<>(1)).add(rule);
    }

    /** The first rule that answers {@code question}, or {@code best} where none comes before it. */
    @Nullable
    CompiledRule first(Principal principal, Question question, @Nullable CompiledRule best) {
        CompiledRule first = scan(anyone, principal, question, best);
        return switch (principal) {
            case Principal.Workload workload
            when !byWorkload.isEmpty() ->
                scan(byWorkload.getOrDefault(workload.id(), NONE), principal, question, first);
            case Principal.Workload workload -> first;
            case Principal.Person person -> {
                first = scan(bySubject.getOrDefault(person.subject(), NONE), principal, question, first);
                if (!byGroup.isEmpty()) {
                    for (String group : person.groups()) {
                        first = scan(byGroup.getOrDefault(group, NONE), principal, question, first);
                    }
                }
                yield first;
            }
        };
    }

    private static @Nullable CompiledRule scan(
            List<CompiledRule> rules, Principal principal, Question question, @Nullable CompiledRule best) {
        for (int i = 0; i < rules.size(); i++) {
            CompiledRule rule = rules.get(i);
            if (best != null && rule.ordinal() >= best.ordinal()) {
                return best;
            }
            if (question.isAnsweredBy(rule) && rule.isAbout(principal)) {
                return rule;
            }
        }
        return best;
    }
}
