package dev.gatehouse.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyCompilerTest {
    private static final String ALICE = "  - {id: a, allow: [read, push], who: {user: alice}, repos: '**'}\n";

    static Stream<Arguments> badRules() {
        return Stream.of(
                bad("{allow: read, who: anyone, repos: '**'}", "3:5: 'id' is missing"),
                bad(
                        "{id: No, allow: read, who: anyone, repos: '**'}",
                        "3:10: an ID is made of a-z, 0-9 and dashes, 100 at most; not 'No'"),
                bad(
                        "{id: default-deny, allow: read, who: anyone, repos: '**'}",
                        "3:10: the ID 'default-deny' stands for \"no rule allows it\": choose another"),
                bad(
                        "{id: x, allow: read, who: anyone, repos: a/a}\n  - {id: x, allow: read, who: anyone, repos: a/b}",
                        "4:10: the ID 'x' is taken by the rule in line 3"),
                bad("{id: x, who: anyone, repos: '**'}", "3:5: a rule must have either 'allow' or 'forbid'"),
                bad(
                        "{id: x, allow: read, forbid: push, who: anyone, repos: '**'}",
                        "3:5: a rule must have either 'allow' or 'forbid'"),
                bad(
                        "{id: x, allow: [read, pull], who: anyone, repos: '**'}",
                        "3:27: 'pull' is not an action; they are read, push, force-push, create, delete, call"),
                bad("{id: x, allow: [read, read], who: anyone, repos: '**'}", "3:27: 'read' is here twice"),
                bad("{id: x, allow: [], who: anyone, repos: '**'}", "3:20: 'allow' is an empty list"),
                bad("{id: x, allow: read, repos: '**'}", "3:5: 'who' is missing"),
                bad(
                        "{id: x, allow: read, who: everyone, repos: '**'}",
                        "3:31: 'who' cannot be 'everyone': write 'anyone', or {user: …}, {group: …}, {workload: …}"),
                bad(
                        "{id: x, allow: read, who: [bob], repos: '**'}",
                        "3:31: 'who' cannot be a list: write 'anyone', or {user: …}, {group: …}, {workload: …}"),
                bad(
                        "{id: x, allow: read, who: {}, repos: '**'}",
                        "3:31: 'who' names nobody: write 'anyone', or {user: …}, {group: …}, {workload: …}"),
                bad("{id: x, allow: read, who: ~, repos: '**'}", "3:31: 'who' has no value"),
                bad(
                        "{id: x, allow: read, who: {users: bob}, repos: '**'}",
                        "3:32: unknown key 'users'; did you mean 'user'?"),
                bad(
                        "{id: x, allow: read, who: {user: 'a b'}, repos: '**'}",
                        "3:38: 'a b' is not a user: write the name of a local account, or issuer|subject"),
                bad(
                        "{id: x, allow: read, who: {workload: 'https://x'}, repos: '**'}",
                        "3:42: 'https://x' is not a workload: write its name, or its SPIFFE ID"),
                bad(
                        "{id: x, allow: read, who: {workload: 'spiffe://gatehouse.test'}, repos: '**'}",
                        "3:42: 'spiffe://gatehouse.test' is not a workload: write its name, or its SPIFFE ID"),
                bad(
                        "{id: x, allow: read, who: anyone}",
                        "3:5: a rule must have either 'repos' or, for call, 'services'"),
                bad(
                        "{id: x, allow: read, who: anyone, repos: '**', services: files}",
                        "3:62: a rule must have either 'repos' or, for call, 'services'"),
                bad(
                        "{id: x, allow: [read, call], who: anyone, repos: '**'}",
                        "3:27: 'call' is for services: it cannot apply to 'repos'"),
                bad(
                        "{id: x, allow: [call, read], who: anyone, services: files}",
                        "3:27: 'read' is for repositories: it cannot apply to 'services'"),
                bad(
                        "{id: x, allow: call, who: anyone, services: files, refs: refs/heads/a}",
                        "3:62: 'refs' is for repositories: a service has none"),
                bad(
                        "{id: x, allow: [read, push], who: anyone, repos: '**', refs: refs/heads/a}",
                        "3:66: 'refs' is for push, force-push and delete: 'read' cannot be told apart by ref; write it as a rule of its own"),
                bad("{id: x, allow: read, who: anyone, repos: ''}", "3:46: an empty glob matches nothing"),
                bad("{id: x, allow: read, who: anyone, repos: []}", "3:46: 'repos' is an empty list"),
                bad(
                        "{id: x, allow: read, who: anyone, repos: {a: b}}",
                        "3:46: 'repos' must be a value or a list of values, not a map"),
                bad(
                        "{id: x, allow: read, who: anyone, repos: demo}",
                        "3:46: 'demo' can match no repository; all of a namespace is 'demo/*'"),
                bad(
                        "{id: x, allow: read, who: anyone, repos: Demo/hello}",
                        "3:46: 'Demo/hello' can match no repository; write owner/name in lower case, without .git, or '**' for all"),
                bad(
                        "{id: x, allow: read, who: anyone, repos: [demo/a, demo/a/b]}",
                        "3:55: 'demo/a/b' can match no repository; write owner/name in lower case, without .git, or '**' for all"),
                bad(
                        "{id: x, forbid: push, repos: '**', refs: main}",
                        "3:46: 'main' can match no ref; did you mean 'refs/heads/main'?"),
                bad(
                        "{id: x, forbid: push, repos: '**', refs: refs/heads/a..b}",
                        "3:46: 'refs/heads/a..b' can match no ref; write it in full, such as refs/heads/main or refs/tags/*"),
                bad(
                        "{id: x, forbid: push, repos: '**', refs: refs/*/*/*/*/*/*/*/*/*}",
                        "3:46: a glob may have 8 wildcards at most"),
                bad(
                        "{id: x, forbid: push, repos: '**', refs: refs/" + "a".repeat(300) + "}",
                        "3:46: a glob may have 256 characters at most"),
                bad(
                        "{id: x, allow: call, who: anyone, services: a/b}",
                        "3:49: 'a/b' can match no service: names are made of letters, digits, ., _ and -"),
                bad(
                        "{id: x, allow: read, who: anyone, repos: '**', explian: no}",
                        "3:52: unknown key 'explian'; did you mean 'explain'?"),
                bad(
                        "{id: x, allow: read, who: anyone, repos: '**', explain: [no]}",
                        "3:61: 'explain' must be a value, not a list"),
                bad(
                        "{id: x, allow: read, who: anyone, repos: '**', remedy: \"a\\nb\"}",
                        "3:60: 'remedy' must be one line of 400 characters at most"),
                bad("nothing", "3:5: 'rules' must be a list of maps; this is a value"));
    }

    private static Arguments bad(String rule, String problem) {
        return Arguments.of(rule, problem);
    }

    @ParameterizedTest
    @MethodSource("badRules")
    void a_bad_rule_is_refused_with_its_place_and_the_way_out(String rule, String problem) {
        assertThat(problems("version: 1\nrules:\n  - " + rule + "\n" + ALICE)).contains("policy.yaml:" + problem);
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                Arguments.of("", List.of("1:1: 'version' is missing", "1:1: 'rules' is missing")),
                Arguments.of(
                        "version: 2\nrules:\n" + ALICE,
                        List.of("1:10: 'version' must be 1, the only form there is; not '2'")),
                Arguments.of(
                        "version: 1\nruls:\n" + ALICE,
                        List.of("1:1: 'rules' is missing", "2:1: unknown key 'ruls'; did you mean 'rules'?")),
                Arguments.of("version: 1\nrules: none\n", List.of("2:8: 'rules' must be a list, not a value")),
                Arguments.of(
                        "version: 1\nversion: 1\nrules:\n" + ALICE,
                        List.of("2:1: the key 'version' is here twice, first in line 1")),
                Arguments.of("version: [1\n", List.of("2:1: not YAML: expected ',' or ']', but got <stream end>")),
                Arguments.of(
                        "version: 1\ngroups: [a]\nrules:\n" + ALICE,
                        List.of("2:9: 'groups' must be a map, not a list")),
                Arguments.of(
                        "version: 1\ngroups:\n  team: [al ice]\nrules:\n" + ALICE,
                        List.of("3:10: 'al ice' is not a user: write the name of a local account, or issuer|subject")),
                Arguments.of(
                        "version: 1\nrules: []\n",
                        List.of("1:1: no rule allows anybody to read or push any repository")));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void a_bad_file_is_refused_with_all_that_is_wrong(String text, List<String> expected) {
        assertThat(problems(text))
                .containsExactlyElementsOf(
                        expected.stream().map(each -> "policy.yaml:" + each).toList());
    }

    static Stream<String> rulesThatLetNobodyIn() {
        return Stream.of(
                "[]",
                "[{id: a, allow: create, who: anyone, repos: '**'}]",
                "[{id: a, allow: call, who: anyone, services: files}]",
                "[{id: a, forbid: push, repos: '**'}]",
                "[{id: a, allow: read, who: {group: empty}, repos: '**'}]",
                "[{id: a, allow: read, who: {user: bob}, except: anyone, repos: '**'}]",
                "[{id: a, allow: read, who: {user: bob}, except: {user: [al, bob]}, repos: '**'}]",
                "[{id: a, allow: [read, push], who: anyone, repos: '**'}, {id: b, forbid: [read, push], repos: '*/*'}]");
    }

    @ParameterizedTest
    @MethodSource("rulesThatLetNobodyIn")
    void rules_that_let_nobody_in_are_refused_with_a_cause_of_their_own(String rules) {
        PolicyCompilation compilation =
                PolicyFixture.compilation("version: 1\ngroups: {empty: []}\nrules: " + rules + "\n");

        assertThat(compilation)
                .isInstanceOfSatisfying(
                        PolicyCompilation.Rejected.class,
                        rejected -> assertThat(rejected.failure().asException())
                                .hasMessage(
                                        "GATE-2011 the policy would lock everyone out: policy.yaml:1:1: no rule allows anybody to read or push any repository"));
    }

    static Stream<Arguments> warnings() {
        return Stream.of(
                Arguments.of(
                        "{id: x, allow: push, who: {user: alice}, repos: demo/hello}",
                        "5:5: warning: rule 'x' never decides: rule 'a' (line 4) already allows all of it"),
                Arguments.of(
                        "{id: x, allow: read, who: {group: empty}, repos: '**'}",
                        "5:5: warning: rule 'x' can never apply: there is nobody that it is about"),
                Arguments.of(
                        "{id: x, forbid: push, repos: demo/hello}",
                        "5:5: warning: rule 'x' forbids push but not force-push: each is its own action"),
                Arguments.of(
                        "{id: x, allow: create, who: {user: bob}, repos: demo/x}\n"
                                + "  - {id: y, forbid: create, who: {user: bob}, repos: demo/*}",
                        "5:5: warning: rule 'x' can never apply: rule 'y' (line 6) forbids all of it"));
    }

    @ParameterizedTest
    @MethodSource("warnings")
    void what_cannot_be_meant_is_a_warning(String rule, String warning) {
        PolicyCompilation compilation = PolicyFixture.compilation(
                "version: 1\ngroups: {empty: []}\nrules:\n" + ALICE.stripTrailing() + "\n  - " + rule + "\n");

        assertThat(compilation)
                .isInstanceOfSatisfying(
                        PolicyCompilation.Compiled.class,
                        compiled -> assertThat(compiled.warnings())
                                .extracting(PolicyProblem::toString)
                                .containsExactly("policy.yaml:" + warning));
    }

    @Test
    void the_version_carries_the_number_given_and_the_digest_of_the_text() {
        assertThat(PolicyFixture.compile("version: 1\nrules:\n" + ALICE).version())
                .hasToString("7@6cd18bb58a61");
    }

    @Test
    void what_is_written_twice_counts_once() {
        Policy policy = PolicyFixture.compile("""
                version: 1
                groups: {a: [bob, bob]}
                rules:
                  - {id: x, allow: read, who: {group: [a, a], user: [al, al], workload: [w, w]}, repos: [a/b, a/b]}
                """);

        assertThat(PolicyTest.summary(
                        policy.decide(PolicyFixture.question(PolicyFixture.user("bob"), Action.READ, "a/b"))))
                .isEqualTo("permit x:4");
    }

    @Test
    void the_demo_rules_give_no_warning() {
        assertThat(PolicyFixture.compilation(PolicyFixture.DEMO))
                .isInstanceOfSatisfying(
                        PolicyCompilation.Compiled.class,
                        compiled -> assertThat(compiled.warnings()).isEmpty());
    }

    private static List<String> problems(String text) {
        return switch (PolicyFixture.compilation(text)) {
            case PolicyCompilation.Compiled compiled -> List.of();
            case PolicyCompilation.Rejected rejected ->
                rejected.problems().stream().map(PolicyProblem::toString).toList();
        };
    }
}
