package dev.gatehouse.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** A permit costs its own object, and little else. Loose: the compiler may not have removed everything yet. */
class PolicyAllocationTest {
    private static final int WARM_UP = 50_000;
    private static final int ROUNDS = 10_000;
    private static final long BYTES_PER_DECISION_MAX = 128;

    @Test
    void a_permit_among_a_thousand_rules_allocates_hardly_more_than_itself() {
        StringBuilder text = new StringBuilder("version: 1\nrules:\n");
        for (int i = 0; i < 1_000; i++) {
            text.append("  - {id: r" + i + ", allow: [read, push], who: {user: u" + i + ", group: g" + i + "}, repos: o"
                    + i % 50 + "/*}\n");
        }
        Policy policy = PolicyFixture.compile(text.toString());
        AccessRequest question = PolicyFixture.question(
                PolicyFixture.user("u777", "g1", "g2", "g3"), Action.PUSH, "o27/hello refs/heads/main");
        assertThat(policy.decide(question)).isInstanceOf(Permit.class);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int permits = decide(policy, question, WARM_UP);

        long before = threads.getCurrentThreadAllocatedBytes();
        permits += decide(policy, question, ROUNDS);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(permits).isEqualTo(WARM_UP + ROUNDS);
        assertThat(bytes / ROUNDS).isLessThanOrEqualTo(BYTES_PER_DECISION_MAX);
    }

    private static int decide(Policy policy, AccessRequest question, int rounds) {
        int permits = 0;
        for (int i = 0; i < rounds; i++) {
            permits += policy.decide(question) instanceof Permit ? 1 : 0;
        }
        return permits;
    }
}
