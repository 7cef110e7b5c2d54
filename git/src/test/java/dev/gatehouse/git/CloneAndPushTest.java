package dev.gatehouse.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.audit.OutcomeRecord;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.PolicyCause;
import dev.gatehouse.core.cause.RepositoryCause;
import dev.gatehouse.core.cause.WireCause;
import dev.gatehouse.core.policy.Action;
import dev.gatehouse.core.repository.ObjectId;
import dev.gatehouse.core.repository.RefName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloneAndPushTest {
    @TempDir
    Path temp;

    private TestHost host;
    private String id;
    private GitClient alice;

    @BeforeEach
    void startWithOnePushedCommit() throws IOException {
        host = new TestHost(temp.resolve("repositories"));
        id = host.create();
        alice = new GitClient(temp.resolve("alice")).init();
        alice.commit("hello.txt", "hello\n");
        alice.git("remote", "add", "origin", host.url(id)).succeeded();
        alice.git("push", "-q", "origin", "main").succeeded();
    }

    @AfterEach
    void everyIntentHasAnOutcomeAndTheRepositoryIsSound() throws IOException {
        assertThat(host.journal.outcomes().stream().map(OutcomeRecord::pushId))
                .containsExactlyElementsOf(host.journal.intents().stream()
                        .map(IntentRecord::pushId)
                        .toList());
        assertThat(quarantine()).isEmptyDirectory();
        host.close();
        GitClient operator = new GitClient(temp.resolve("operator"));
        GitClient.Result fsck = operator.git("--git-dir", directory().toString(), "fsck", "--full", "--strict");
        assertThat(fsck.succeeded().output()).doesNotContain("error", "missing");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aCloneHasWhatWasPushedInEveryProtocolVersion(int version) throws IOException {
        GitClient bob = new GitClient(temp.resolve("bob"));
        bob.git("-c", "protocol.version=" + version, "clone", "-q", host.url(id), "work")
                .succeeded();
        assertThat(temp.resolve("bob/work/hello.txt")).hasContent("hello\n");
    }

    @Test
    void anEmptyRepositoryCanBeCloned() throws IOException {
        GitClient bob = new GitClient(temp.resolve("bob"));
        assertThat(bob.git("clone", host.url(host.create()), "work").succeeded().output())
                .contains("empty repository");
        assertThat(new GitClient(temp.resolve("bob/work"))
                        .git("symbolic-ref", "HEAD")
                        .output())
                .isEqualTo("refs/heads/main\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aShallowCloneIsShallowAndCanBeDeepened(int version) throws IOException {
        alice.commit("hello.txt", "again\n");
        alice.git("push", "-q", "origin", "main").succeeded();
        GitClient bob = new GitClient(temp.resolve("bob"));
        String protocol = "protocol.version=" + version;
        bob.git("-c", protocol, "clone", "-q", "--depth", "1", host.url(id), "work")
                .succeeded();
        GitClient work = new GitClient(temp.resolve("bob/work"));
        assertThat(work.git("rev-list", "--count", "HEAD").output()).isEqualTo("1\n");
        work.git("-c", protocol, "fetch", "-q", "--unshallow").succeeded();
        assertThat(work.git("rev-list", "--count", "HEAD").output()).isEqualTo("2\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"blob:none", "blob:limit=1", "tree:0"})
    void aPartialCloneFetchesTheRestWhenItIsNeeded(String filter) throws IOException {
        GitClient bob = new GitClient(temp.resolve("bob"));
        bob.git("clone", "-q", "--no-checkout", "--filter=" + filter, host.url(id), "work")
                .succeeded();
        GitClient work = new GitClient(temp.resolve("bob/work"));
        assertThat(work.git("show", "HEAD:hello.txt").succeeded().output()).isEqualTo("hello\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aFetchWithNothingNewAsksForNoPack(int version) {
        host.fetches.clear();
        alice.git("-c", "protocol.version=" + version, "fetch", "-q").succeeded();
        assertThat(host.fetches).noneMatch(report -> report.command().equals("fetch"));
    }

    @Test
    void aFetchBringsNewCommitsAndTags() throws IOException {
        GitClient bob = new GitClient(temp.resolve("bob"));
        bob.git("clone", "-q", host.url(id), "work").succeeded();
        String newer = alice.commit("hello.txt", "again\n");
        alice.git("tag", "-a", "v1", "-m", "first").succeeded();
        alice.git("push", "-q", "origin", "main", "v1").succeeded();
        GitClient work = new GitClient(temp.resolve("bob/work"));
        work.git("fetch", "-q").succeeded();
        assertThat(work.revision("origin/main")).isEqualTo(newer);
        assertThat(work.revision("v1^{commit}")).isEqualTo(newer);
        assertThat(work.git("ls-remote", "origin").output()).contains(newer + "\trefs/tags/v1^{}");
    }

    @Test
    void aPushMovesTheRefAndIsRecordedBeforeAndAfter() throws IOException {
        String before = alice.revision("HEAD");
        String after = alice.commit("hello.txt", "again\n");
        alice.git("push", "-q", "origin", "main").succeeded();
        assertThat(ref("refs/heads/main")).contains(after);
        IntentRecord intent = host.journal.intents().getLast();
        assertThat(intent.repositoryId()).isEqualTo(id);
        assertThat(intent.updates()).singleElement().satisfies(permitted -> {
            assertThat(permitted.update().oldId().hex()).isEqualTo(before);
            assertThat(permitted.update().newId().hex()).isEqualTo(after);
            assertThat(permitted.forced()).isFalse();
        });
        OutcomeRecord outcome = host.journal.outcomes().getLast();
        assertThat(outcome.resolvedAfterRestart()).isFalse();
        assertThat(outcome.results()).singleElement().matches(OutcomeRecord.RefResult::moved);
    }

    @Test
    void aBranchCanBeDeleted() {
        alice.git("push", "-q", "origin", "main:topic").succeeded();
        alice.git("push", "-q", "origin", ":topic").succeeded();
        assertThat(ref("refs/heads/topic")).isEmpty();
    }

    @Test
    void aForcedPushNeedsTheRightToForce() throws IOException {
        String before = alice.revision("HEAD");
        alice.git("commit", "-q", "--amend", "-m", "Rewritten").succeeded();
        host.rules.allow((action, ref) -> action != Action.FORCE_PUSH);
        GitClient.Result refused =
                alice.git("push", "--force", "origin", "main").failed();
        assertThat(refused.output())
                .contains("! [remote rejected] main -> main (GATE-4020", "what to do: fetch and rebase", "trace ");
        assertThat(ref("refs/heads/main")).contains(before);
        host.rules.allow((action, ref) -> true);
        alice.git("push", "-q", "--force", "origin", "main").succeeded();
        assertThat(host.journal.intents().getLast().updates().getFirst().forced())
                .isTrue();
    }

    @Test
    void oneRefusedRefDoesNotHoldUpTheOthers() {
        host.rules.allow((action, ref) -> !ref.equals("refs/heads/secret"));
        GitClient.Result partial =
                alice.git("push", "origin", "main:open", "main:secret").failed();
        assertThat(partial.output())
                .contains("main -> open", "! [remote rejected] main -> secret (GATE-2002 alice may not push");
        assertThat(ref("refs/heads/open")).isPresent();
        assertThat(ref("refs/heads/secret")).isEmpty();
    }

    @Test
    void ofAPushThatIsRefusedInPartOnlyWhatIsNeededGetsIn() throws IOException {
        String open = alice.commit("open.txt", "open\n");
        alice.git("checkout", "-q", "-b", "secret").succeeded();
        String secret = alice.commit("secret.txt", "secret\n");
        host.rules.allow((action, ref) -> !ref.equals("refs/heads/secret"));
        alice.git("push", "origin", "main", "secret").failed();
        GitClient thief = new GitClient(temp.resolve("thief")).init();
        thief.git("fetch", "-q", host.url(id), open).succeeded();
        assertThat(thief.git("fetch", host.url(id), secret).failed().output()).contains("GATE-3514");
    }

    @Test
    void underAtomicOneRefusedRefRefusesAll() {
        host.rules.allow((action, ref) -> !ref.equals("refs/heads/secret"));
        GitClient.Result refused = alice.git("push", "--atomic", "origin", "main:open", "main:secret")
                .failed();
        assertThat(refused.output()).contains("GATE-4022 the push is atomic and refs/heads/secret was refused");
        assertThat(ref("refs/heads/open")).isEmpty();
        assertThat(host.journal.intents()).hasSize(1);
    }

    @Test
    void anAtomicPushOfManyRefsMovesAll() {
        alice.git("push", "-q", "--atomic", "origin", "main:a", "main:b/c", "main:refs/tags/t")
                .succeeded();
        try (HostedRepository repository = host.repositories.open(id)) {
            assertThat(repository.branchCount()).isEqualTo(3);
            assertThat(repository.tagCount()).isEqualTo(1);
            assertThat(repository.defaultBranch()).isEqualTo(new RefName("refs/heads/main"));
        }
    }

    @Test
    void theFirstBranchPushedBecomesTheDefault() throws IOException {
        String other = host.create();
        alice.git("push", "-q", host.url(other), "main:master").succeeded();
        new GitClient(temp.resolve("bob"))
                .git("clone", "-q", host.url(other), "work")
                .succeeded();
        assertThat(temp.resolve("bob/work/hello.txt")).hasContent("hello\n");
    }

    @Test
    void pushOptionsReachTheReport() {
        alice.git("push", "-q", "-o", "ci.skip", "origin", "main:options").succeeded();
        assertThat(host.pushes.getLast().pushOptions()).containsExactly("ci.skip");
    }

    @Test
    void aRefThatIsAFolderOfAnotherIsRefused() {
        alice.git("push", "-q", "origin", "main:topic").succeeded();
        assertThat(alice.git("push", "origin", "main:topic/deeper").failed().output())
                .contains("GATE-4025 refs/heads/topic/deeper cannot exist beside refs/heads/topic");
    }

    @Test
    void whatADeniedPushSentIsNotThereAfterwards() throws IOException {
        host.rules.allow((action, ref) -> action != Action.FORCE_PUSH);
        alice.git("commit", "-q", "--amend", "-m", "Rewritten").succeeded();
        String denied = alice.revision("HEAD");
        alice.git("push", "--force", "origin", "main").failed();
        GitClient thief = new GitClient(temp.resolve("thief")).init();
        assertThat(thief.git("fetch", host.url(id), denied).failed().output())
                .contains("remote error: GATE-3514 the object " + denied);
    }

    @Test
    void aChangeOfTheRulesDuringAPushCounts() throws IOException {
        alice.commit("hello.txt", "again\n");
        host.bodies = body -> new java.io.FilterInputStream(body) {
            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                int count = super.read(target, from, length);
                if (count < 0) {
                    host.rules.allow((action, ref) -> false);
                }
                return count;
            }
        };
        assertThat(alice.git("push", "origin", "main").failed().output())
                .contains("GATE-4023 the rules changed during the push (policy 2@0123456789ab)");
        assertThat(host.journal.intents()).hasSize(1);
    }

    @Test
    void withoutAJournalNothingMoves() throws IOException {
        String before = alice.revision("HEAD");
        String denied = alice.commit("hello.txt", "again\n");
        host.journal.breakDown();
        assertThat(alice.git("push", "origin", "main").failed().output()).contains("GATE-7001");
        assertThat(ref("refs/heads/main")).contains(before);
        assertThat(new GitClient(temp.resolve("thief"))
                        .init()
                        .git("fetch", host.url(id), denied)
                        .failed()
                        .output())
                .contains("GATE-3514");
    }

    @Test
    void aPushThatIsCutOffLeavesNothing() throws IOException {
        byte[] noise = new byte[200_000];
        new java.util.Random(1).nextBytes(noise);
        Files.write(alice.folder().resolve("noise"), noise);
        alice.git("add", "noise").succeeded();
        alice.git("commit", "-q", "-m", "Noise").succeeded();
        host.bodies = body -> new LimitedBody(body, 50_000);
        alice.git("-c", "http.postBuffer=1000000", "push", "origin", "main").failed();
        assertThat(host.pushes.getLast().failure().map(Failure::cause)).contains(WireCause.PUSH_CUT_OFF);
        host.bodies = body -> body;
        assertThat(quarantine()).isEmptyDirectory();
        assertThat(new GitClient(temp.resolve("thief"))
                        .init()
                        .git("fetch", host.url(id), alice.revision("HEAD"))
                        .failed()
                        .output())
                .contains("GATE-3514");
    }

    @Test
    void ofTwoPushesThatRaceOneIsStale() throws IOException {
        GitClient bob = new GitClient(temp.resolve("bob"));
        bob.git("clone", "-q", host.url(id), "work").succeeded();
        GitClient work = new GitClient(temp.resolve("bob/work"));
        work.commit("bob.txt", "bob\n");
        alice.commit("alice.txt", "alice\n");
        // Bob's push overtakes alice's while hers is being read.
        host.bodies = body -> {
            host.bodies = next -> next;
            work.git("push", "-q", "origin", "main").succeeded();
            return body;
        };
        GitClient.Result late = alice.git("push", "origin", "main").failed();
        assertThat(late.output()).contains("GATE-4021 refs/heads/main moved meanwhile");
        assertThat(ref("refs/heads/main")).contains(work.revision("HEAD"));
        assertThat(host.pushes.getLast().refs().getFirst().failure().map(Failure::cause))
                .contains(RepositoryCause.STALE_REF);
    }

    @Test
    void aPushThatIsDeniedAtOnceSendsItsReason() {
        host.rules.allow((action, ref) -> false);
        assertThat(alice.git("push", "origin", "main:topic").failed().output()).contains("GATE-2002");
        assertThat(host.pushes.getLast().refs().getFirst().failure().map(Failure::cause))
                .contains(PolicyCause.NOT_ALLOWED);
    }

    private Optional<String> ref(String name) {
        try (HostedRepository repository = host.repositories.open(id)) {
            return repository.ref(new RefName(name)).map(ObjectId::hex);
        }
    }

    private Path directory() {
        return host.directory(temp.resolve("repositories"), id);
    }

    private Path quarantine() {
        return directory().resolve("quarantine");
    }
}
