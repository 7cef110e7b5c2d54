package dev.gatehouse.proxy.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.cause.PolicyCause;
import dev.gatehouse.core.cause.RepositoryCause;
import dev.gatehouse.core.git.PushCapabilities;
import dev.gatehouse.core.git.PushHead;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.policy.Action;
import dev.gatehouse.core.policy.Policy;
import dev.gatehouse.core.policy.Resource;
import dev.gatehouse.core.repository.ObjectFormat;
import dev.gatehouse.core.repository.ObjectId;
import dev.gatehouse.core.repository.RefName;
import dev.gatehouse.core.repository.RefUpdate;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.proxy.filter.TestRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PushRulesTest {
    private static final Principal ALICE = Principal.Person.local("alice", Set.of("maintainers"));
    private static final Principal BOB = Principal.Person.local("bob", Set.of());
    private static final RepositoryName HELLO = new RepositoryName("demo", "hello");
    private static final ObjectId ZERO = ObjectFormat.SHA1.zero();
    private static final ObjectId ONE = new ObjectId(ObjectFormat.SHA1, "1".repeat(40));
    private static final ObjectId TWO = new ObjectId(ObjectFormat.SHA1, "2".repeat(40));
    private static final RefUpdate MAIN = update("refs/heads/main", ONE, TWO);
    private static final RefUpdate TOPIC = update("refs/heads/topic", ONE, TWO);
    private static final RefUpdate NEW_TOPIC = update("refs/heads/new", ZERO, TWO);

    @Test
    void letsAPushPassWhereEveryRefMayMove() {
        PushVerdict verdict = decide(ALICE, HELLO, false, TOPIC, NEW_TOPIC);
        assertThat(verdict).isInstanceOfSatisfying(PushVerdict.MayPass.class, mayPass -> {
            assertThat(mayPass.question().action()).isEqualTo(Action.PUSH);
            assertThat(mayPass.question().resource()).isEqualTo(new Resource.Ref(HELLO, TOPIC.ref()));
            assertThat(mayPass.decisions()).hasSize(1);
        });
    }

    @Test
    void leavesOneDeniedRefAmongSeveralToTheRefGate() {
        PushVerdict verdict = decide(ALICE, HELLO, false, MAIN, TOPIC);
        assertThat(verdict).isInstanceOfSatisfying(PushVerdict.MayPass.class, mayPass -> {
            assertThat(mayPass.question().resource()).isEqualTo(new Resource.Ref(HELLO, TOPIC.ref()));
            assertThat(mayPass.decisions())
                    .singleElement()
                    .satisfies(decision -> assertThat(decision.rule().id()).isEqualTo("main-is-protected"));
        });
    }

    @Test
    void refusesEveryRefOfAnAtomicPushWithOneDenied() {
        PushVerdict verdict = decide(ALICE, HELLO, true, TOPIC, MAIN);
        assertThat(verdict).isInstanceOfSatisfying(PushVerdict.Refused.class, refused -> {
            assertThat(refused.cause().cause()).isEqualTo(PolicyCause.FORBIDDEN_BY_RULE);
            assertThat(refused.failures().keySet()).containsExactly(TOPIC.ref(), MAIN.ref());
            assertThat(refused.failures())
                    .containsEntry(TOPIC.ref(), RepositoryCause.ATOMIC_REFUSED.with("ref", "refs/heads/main"));
            assertThat(refused.failures()).containsEntry(MAIN.ref(), refused.cause());
            assertThat(refused.decisions()).hasSize(2);
        });
    }

    @Test
    void refusesAPushWhoseRefsAreAllDenied() {
        PushVerdict verdict = decide(BOB, HELLO, false, TOPIC, NEW_TOPIC);
        assertThat(verdict).isInstanceOfSatisfying(PushVerdict.Refused.class, refused -> {
            assertThat(refused.failures()).hasSize(2);
            assertThat(refused.cause().message())
                    .isEqualTo("bob may not push refs/heads/topic of demo/hello: no rule allows it");
        });
    }

    @Test
    void letsAFirstPushPassThatMayCreateItsRepository() {
        PushVerdict verdict = decide(ALICE, new RepositoryName("alice", "new"), true, NEW_TOPIC);
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        PushVerdict.MayPass.class,
                        mayPass -> assertThat(mayPass.question().action()).isEqualTo(Action.CREATE));
    }

    @Test
    void doesNotTakeAPushThatMovesRefsForAFirstOne() {
        assertThat(decide(ALICE, new RepositoryName("alice", "new"), false, TOPIC))
                .isInstanceOf(PushVerdict.Refused.class);
    }

    @Test
    void leavesToTheRefGateWhetherAMoveIsForcedWhereOnlyThatIsAllowed() {
        Policy forceOnly = TestRules.policy("""
                version: 1
                rules:
                  - {id: a, allow: [read, force-push], who: {user: bob}, repos: '**'}
                """);
        PushVerdict verdict = PushRules.decide(forceOnly::decide, BOB, HELLO, head(false, TOPIC));
        assertThat(verdict).isInstanceOf(PushVerdict.MayPass.class);
    }

    @Test
    void decidesOnADeletionAsOne() {
        PushVerdict verdict = decide(ALICE, HELLO, false, update("refs/heads/topic", ONE, ZERO));
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        PushVerdict.Refused.class,
                        refused -> assertThat(refused.cause().message())
                                .isEqualTo("alice may not delete refs/heads/topic of demo/hello: no rule allows it"));
    }

    @Test
    void recordsALongPushInBounds() {
        List<RefUpdate> updates = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            updates.add(update("refs/heads/b" + i, ZERO, ONE));
        }
        assertThat(decide(BOB, HELLO, false, updates.toArray(RefUpdate[]::new)).decisions())
                .hasSize(PushRules.DECISIONS_RECORDED_MAX);
    }

    private static PushVerdict decide(
            Principal principal, RepositoryName repository, boolean atomic, RefUpdate... updates) {
        return PushRules.decide(TestRules.POLICY::decide, principal, repository, head(atomic, updates));
    }

    private static PushHead head(boolean atomic, RefUpdate... updates) {
        PushCapabilities capabilities = new PushCapabilities(
                true,
                false,
                true,
                false,
                atomic,
                true,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        return new PushHead(List.of(updates), capabilities, List.of(), List.of(), 100);
    }

    private static RefUpdate update(String ref, ObjectId from, ObjectId to) {
        return new RefUpdate(new RefName(ref), from, to);
    }
}
