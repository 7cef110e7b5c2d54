package dev.gatehouse.core.policy;

import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.repository.RepositoryName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one effect, by the owner and name that they hold for, then by whom they name. A rule stands where the most specific literal parts
 * of its globs put it, so a question looks at three places at most. Built once per policy, then never changed; there is no cache to fill or to
 * bound.
 */
final class RuleIndex {
    /** A rule with more repositories than this is looked at for all of them: see {@link WhoIndex}. */
    private static final int REPOSITORIES_MAX = 16;

    private final WhoIndex everywhere = new WhoIndex();
    private final WhoIndex services = new WhoIndex();
    private final Map<String, OwnerRules> byOwner = new HashMap<>();

    private record OwnerRules(WhoIndex allNames, Map<String, WhoIndex> byName) {}

    RuleIndex(List<CompiledRule> rules, Effect effect) {
        for (CompiledRule rule : rules) {
            if (rule.rule().effect() == effect) {
                add(rule);
            }
        }
    }

    private void add(CompiledRule rule) {
        List<RepositoryGlob> repositories = rule.repositories();
        if (repositories.isEmpty()) {
            services.add(rule);
        } else if (repositories.size() > REPOSITORIES_MAX
                || repositories.stream().anyMatch(glob -> glob.literalOwner().isEmpty())) {
            everywhere.add(rule);
        } else {
            repositories.stream().map(this::place).distinct().forEach(place -> place.add(rule));
        }
    }

    private WhoIndex place(RepositoryGlob glob) {
        OwnerRules owner = byOwner.computeIfAbsent(
                glob.literalOwner().orElseThrow(), name -> new OwnerRules(new WhoIndex(), new HashMap<>()));
        Optional<String> name = glob.literalName();
        return name.isEmpty()
                ? owner.allNames()
                : owner.byName().computeIfAbsent(name.get(), literal -> new WhoIndex());
    }

    /** The first rule, in the order of the file, that is about {@code principal} and answers {@code question}. */
    @Nullable
    CompiledRule first(Principal principal, Question question) {
        return switch (question) {
            case Question.OfService service -> services.first(principal, service, null);
            case Question.OnRepository onRepository -> {
                RepositoryName repository = onRepository.repository();
                CompiledRule first = everywhere.first(principal, question, null);
                OwnerRules owner = byOwner.get(repository.owner());
                if (owner != null) {
                    first = owner.allNames().first(principal, question, first);
                    WhoIndex named = owner.byName().get(repository.name());
                    first = named == null ? first : named.first(principal, question, first);
                }
                yield first;
            }
        };
    }
}
