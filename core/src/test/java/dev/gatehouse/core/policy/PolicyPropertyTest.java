package dev.gatehouse.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.identity.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The indexed evaluator answers as the naive one does, for random rules and random questions. */
class PolicyPropertyTest {
    private static final int POLICIES = 200;
    private static final int QUESTIONS = 200;
    private static final List<String> REPOSITORIES =
            List.of("**", "demo/*", "demo/hello", "*/hello", "d*/h*o", "other/a", "other/*-b", "*/*", "dem**/he*");
    private static final List<String> REFS = List.of(
            "**", "refs/**", "refs/heads/*", "refs/heads/main", "refs/heads/r*/v*", "refs/**/x", "refs/tags/v*");
    private static final List<String> USERS = List.of("alice", "bob", "carol", "https://id.example|alice");
    private static final List<String> GROUPS = List.of("team", "okta:dev", "okta:ops");
    private static final List<String> NAMES = List.of("demo/hello", "demo/other", "other/a", "other/a-b", "x/hello");
    private static final List<String> FULL_REFS = List.of(
            "refs/heads/main", "refs/heads/r1/v2", "refs/heads/a/x", "refs/tags/v1", "refs/tags/v1/x", "refs/notes/x");

    static IntStream seeds() {
        return IntStream.range(0, POLICIES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_index_never_changes_an_answer(int seed) {
        Random random = new Random(seed);
        String text = rules(random);
        if (PolicyFixture.compilation(text) instanceof PolicyCompilation.Rejected rejected) {
            // Now and then the rules forbid everything; nothing else is wrong with them.
            assertThat(rejected.problems())
                    .extracting(PolicyProblem::kind)
                    .containsOnly(PolicyProblem.Kind.LOCKS_EVERYONE_OUT);
            return;
        }
        Policy policy = PolicyFixture.compile(text);
        NaiveEvaluator naive = new NaiveEvaluator(policy.rules());
        for (int i = 0; i < QUESTIONS; i++) {
            AccessRequest question = question(random);

            assertThat(PolicyTest.summary(policy.decide(question)))
                    .as("seed %d, %s, under%n%s", seed, question, text)
                    .isEqualTo(naive.decide(question));
        }
    }

    private static String rules(Random random) {
        StringBuilder text = new StringBuilder("version: 1\ngroups: {team: [bob, carol]}\nrules:\n");
        int number = 1 + random.nextInt(12);
        text.append("  - {id: base, allow: read, who: {user: dora}, repos: '**'}\n");
        for (int i = 0; i < number; i++) {
            boolean forbid = random.nextInt(3) == 0;
            boolean service = random.nextInt(8) == 0;
            boolean refs = !service && random.nextBoolean();
            text.append("  - {id: r").append(i).append(forbid ? ", forbid: " : ", allow: ");
            if (service) {
                text.append("call, services: ").append(some(random, List.of("files", "f*", "'*'", "wiki")));
            } else {
                text.append(some(
                        random,
                        refs
                                ? List.of("push", "force-push", "delete")
                                : List.of("read", "push", "force-push", "create", "delete")));
                text.append(", repos: ").append(some(random, quoted(REPOSITORIES)));
            }
            if (refs) {
                text.append(", refs: ").append(some(random, quoted(REFS)));
            }
            text.append(", who: ").append(who(random));
            if (random.nextInt(3) == 0) {
                text.append(", except: ").append(who(random));
            }
            text.append("}\n");
        }
        return text.toString();
    }

    private static List<String> quoted(List<String> globs) {
        return globs.stream().map(glob -> "'" + glob + "'").toList();
    }

    private static String some(Random random, List<String> choices) {
        List<String> chosen = new ArrayList<>(
                choices.stream().filter(choice -> random.nextInt(3) == 0).toList());
        if (chosen.isEmpty()) {
            chosen.add(choices.get(random.nextInt(choices.size())));
        }
        return chosen.toString();
    }

    private static String who(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "anyone";
            case 1 -> "{user: " + some(random, quoted(USERS)) + "}";
            case 2 -> "{group: " + some(random, quoted(GROUPS)) + "}";
            case 3 -> "{workload: [ci-runner, 'spiffe://other.test/x']}";
            default -> "{user: bob, group: " + some(random, quoted(GROUPS)) + ", workload: ci-runner}";
        };
    }

    private static AccessRequest question(Random random) {
        Principal principal = switch (random.nextInt(6)) {
            case 0 -> PolicyFixture.workload("ci-runner");
            case 1 -> PolicyFixture.workload("other");
            case 2 -> PolicyFixture.user("mallory", "okta:dev");
            case 3 -> PolicyFixture.user("alice", "okta:ops", "okta:dev", "unnamed");
            case 4 -> new Principal.Person("https://id.example", "alice", "alice", Set.of("team"));
            default -> PolicyFixture.user(List.of("alice", "bob", "carol").get(random.nextInt(3)));
        };
        Action[] actions = Action.values();
        Action action = actions[random.nextInt(actions.length)];
        String repository = NAMES.get(random.nextInt(NAMES.size()));
        String resource = switch (random.nextInt(4)) {
            case 0 -> repository;
            case 1 -> repository + " ?";
            case 2 -> random.nextInt(3) == 0 ? "service:files" : repository;
            default -> repository + " " + FULL_REFS.get(random.nextInt(FULL_REFS.size()));
        };
        return PolicyFixture.question(principal, action, resource);
    }
}
