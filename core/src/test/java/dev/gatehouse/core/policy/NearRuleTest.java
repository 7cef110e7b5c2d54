package dev.gatehouse.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NearRuleTest {
    @Test
    void the_rules_with_the_fewest_mismatches_come_first_each_with_what_did_not_match() {
        Policy policy = PolicyFixture.compile(PolicyFixture.DEMO);

        assertThat(policy.nearest(
                        PolicyFixture.question(PolicyFixture.user("bob"), Action.PUSH, "demo/hello refs/heads/topic")))
                .extracting(near -> near.rule().id() + " " + near.mismatches())
                .containsExactly(
                        "developers-push [Mismatch[part=WHO, wanted=group maintainers, asked=local|bob]]",
                        "bob-reads [Mismatch[part=ACTION, wanted=read, asked=push]]",
                        "ci-reads [Mismatch[part=WHO, wanted=workload spiffe://gatehouse.test/workload/ci-runner, asked=local|bob],"
                                + " Mismatch[part=ACTION, wanted=read, asked=push]]");
    }
}
