package dev.gatehouse.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.identity.SpiffeId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static final PolicyVersion FIRST = new PolicyVersion(1, "0123456789ab");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alice   | read       | demo/hello                   | permit developers-push:5
            alice   | push       | demo/hello refs/heads/topic  | permit developers-push:5
            alice   | push       | demo/hello refs/heads/main   | refuse main-is-protected:17
            alice   | force-push | demo/hello refs/heads/main   | refuse main-is-protected:17
            alice   | delete     | demo/hello refs/heads/main   | refuse main-is-protected:17
            alice   | force-push | demo/hello refs/heads/topic  | refuse default-deny:0
            alice   | push       | demo/hello refs/heads/main2  | permit developers-push:5
            alice   | push       | demo/other refs/heads/main   | permit developers-push:5
            alice   | push       | other/hello refs/heads/topic | refuse default-deny:0
            alice   | push       | demo/hello ?                 | permit developers-push:5
            alice   | create     | demo/new                     | refuse default-deny:0
            alice   | delete     | demo/hello                   | refuse default-deny:0
            alice   | call       | service:files                | refuse default-deny:0
            bob     | read       | demo/hello                   | permit bob-reads:9
            bob     | push       | demo/hello refs/heads/topic  | refuse default-deny:0
            bob     | push       | demo/hello refs/heads/main   | refuse main-is-protected:17
            bob     | push       | demo/hello ?                 | refuse default-deny:0
            mallory | read       | demo/hello                   | refuse default-deny:0
            mallory | push       | demo/hello ?                 | refuse default-deny:0
            """)
    void the_demo_rules_decide_as_the_documentation_says(String who, String what, String resource, String expected) {
        Policy policy = PolicyFixture.compile(PolicyFixture.DEMO);
        Action action = Action.parse(what).orElseThrow();

        Decision decision = policy.decide(PolicyFixture.question(PolicyFixture.user(who), action, resource));

        assertThat(summary(decision)).isEqualTo(expected);
        assertThat(decision.version().number()).isEqualTo(7);
    }

    @Test
    void a_workload_is_known_by_its_spiffe_id_in_our_trust_domain_alone() {
        Policy policy = PolicyFixture.compile(PolicyFixture.DEMO);
        Principal foreign = new Principal.Workload(
                SpiffeId.parse("spiffe://other.test/workload/ci-runner").orElseThrow());

        assertThat(summary(policy.decide(
                        PolicyFixture.question(PolicyFixture.workload("ci-runner"), Action.READ, "demo/hello"))))
                .isEqualTo("permit ci-reads:13");
        assertThat(summary(policy.decide(PolicyFixture.question(foreign, Action.READ, "demo/hello"))))
                .isEqualTo("refuse default-deny:0");
    }

    @Test
    void a_local_name_is_not_the_same_name_of_another_issuer() {
        Policy policy = PolicyFixture.compile(PolicyFixture.DEMO);
        Principal foreign = new Principal.Person("https://id.example", "bob", "bob", Set.of());

        assertThat(summary(policy.decide(PolicyFixture.question(foreign, Action.READ, "demo/hello"))))
                .isEqualTo("refuse default-deny:0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            push       | demo/hello refs/heads/main | GATE-2001 alice may not push refs/heads/main of demo/hello: denied by rule main-is-protected (policy.yaml:17): main changes only by review | git push origin HEAD:refs/heads/my-branch
            push       | other/hello ?              | GATE-2002 alice may not push any ref of other/hello: no rule allows it | ask an administrator for access, or use another identity
            force-push | demo/hello refs/heads/x    | GATE-2002 alice may not force-push refs/heads/x of demo/hello: no rule allows it | ask an administrator for access, or use another identity
            read       | other/hello                | GATE-2002 alice may not read other/hello: no rule allows it | ask an administrator for access, or use another identity
            create     | demo/new                   | GATE-2003 alice may not create demo/new: no rule allows it | ask an administrator to create the repository, or for a rule that allows create
            call       | service:files              | GATE-2002 alice may not call service files: no rule allows it | ask an administrator for access, or use another identity
            """)
    void a_refusal_says_who_what_which_rule_and_what_to_do(
            String what, String resource, String message, String remedy) {
        Policy policy = PolicyFixture.compile(PolicyFixture.DEMO);
        Action action = Action.parse(what).orElseThrow();

        Decision decision = policy.decide(PolicyFixture.question(PolicyFixture.user("alice"), action, resource));

        assertThat(decision).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.failure().cause().code() + " "
                            + refusal.failure().message())
                    .isEqualTo(message);
            assertThat(refusal.failure().remedy()).isEqualTo(remedy);
        });
    }

    @Test
    void pages_are_decided_by_the_product_itself() {
        Policy policy = PolicyFixture.compile(PolicyFixture.DEMO);
        AccessRequest nobody =
                new AccessRequest(Optional.empty(), Action.READ, new Resource.SignedInPage("/-/account"));

        assertThat(policy.decide(new AccessRequest(Optional.empty(), Action.READ, new Resource.PublicPage("/"))))
                .isInstanceOf(Permit.class)
                .hasToString("permitted by public-page, policy " + policy.version());
        assertThat(summary(policy.decide(AccessRequest.of(
                        PolicyFixture.user("mallory"), Action.READ, new Resource.SignedInPage("/-/account")))))
                .isEqualTo("permit signed-in-page:0");
        assertThat(policy.decide(nobody))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.failure().message())
                                .isEqualTo("nobody may not read /-/account: no rule allows it"));
    }

    @Test
    void before_the_first_rules_everything_but_public_pages_is_refused() {
        Policy policy = Policy.empty(FIRST);

        assertThat(policy.decide(new AccessRequest(Optional.empty(), Action.READ, new Resource.PublicPage("/"))))
                .isInstanceOf(Permit.class);
        assertThat(policy.decide(PolicyFixture.question(PolicyFixture.user("alice"), Action.READ, "demo/hello")))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.failure().cause().code()).isEqualTo("GATE-2012"));
    }

    static String summary(Decision decision) {
        String effect = switch (decision) {
            case Permit permit -> "permit ";
            case Refusal refusal -> "refuse ";
        };
        return effect + decision.rule().id() + ":" + decision.rule().line();
    }
}
