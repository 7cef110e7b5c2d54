package dev.gatehouse.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.audit.OperatorRecord;
import dev.gatehouse.core.audit.OutcomeRecord;
import dev.gatehouse.core.audit.RequestRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a developer's own git shows, with the forge behind a bridge that stands for the sidecar. */
class RealGitTest {
    @TempDir
    Path work;

    private ForgeFixture fixture;
    private GitClient git;

    @BeforeEach
    void start() throws Exception {
        fixture = ForgeFixture.start();
        git = new GitClient(work);
        git.git("init", "-q", "-b", "main").succeeded();
        Files.writeString(work.resolve("a.txt"), "hello\n");
        git.git("add", "a.txt").succeeded();
        git.git("commit", "-q", "-m", "First").succeeded();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void alice_pushes_and_bob_clones_the_same_commit() throws Exception {
        fixture.withRepository("demo/hello");
        try (Bridge alice = new Bridge(fixture.socket(), "alice");
                Bridge bob = new Bridge(fixture.socket(), "bob")) {
            git.git("push", "-q", alice.url("/demo/hello.git"), "main").succeeded();
            git.git("clone", "-q", bob.url("/demo/hello.git"), "copy").succeeded();
        }
        assertThat(work.resolve("copy/a.txt")).hasContent("hello\n");
        fixture.forge().close();
        assertThat(fixture.journal.records(IntentRecord.class)).hasSize(1);
        assertThat(fixture.journal.records(OutcomeRecord.class)).hasSize(1);
        assertThat(fixture.journal.records(RequestRecord.class))
                .extracting(RequestRecord::operation)
                .startsWith("discover git-receive-pack", "git-receive-pack", "discover git-upload-pack");
    }

    @Test
    void a_first_push_makes_the_repository_where_the_rules_allow_it() throws Exception {
        try (Bridge alice = new Bridge(fixture.socket(), "alice")) {
            git.git("push", "-q", alice.url("/alice/new.git"), "main").succeeded();
            git.git("clone", "-q", alice.url("/alice/new.git"), "copy").succeeded();
        }
        assertThat(fixture.journal.records(OperatorRecord.class))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.act()).isEqualTo("repository.create");
                    assertThat(record.actor()).isEqualTo("local|alice");
                    assertThat(record.details()).containsEntry("repository", "alice/new");
                });
    }

    @Test
    void carol_may_push_but_not_create_and_is_told_that_there_is_nothing() throws Exception {
        try (Bridge carol = new Bridge(fixture.socket(), "carol")) {
            assertThat(git.git("push", carol.url("/demo/new.git"), "main")
                            .failed()
                            .output())
                    .contains("GATE-4001 there is no repository demo/new");
        }
        assertThat(fixture.forge().status().repositories()).isZero();
    }

    @Test
    void bob_may_read_and_his_push_is_refused_in_his_terminal() throws Exception {
        fixture.withRepository("demo/hello");
        try (Bridge bob = new Bridge(fixture.socket(), "bob")) {
            assertThat(git.git("push", bob.url("/demo/hello.git"), "main")
                            .failed()
                            .output())
                    .contains("remote: GATE-2002 bob may not push any ref of demo/hello")
                    .contains("trace " + ForgeFixture.TRACE);
        }
    }

    @Test
    void mallory_cannot_tell_what_exists() throws Exception {
        fixture.withRepository("demo/hello");
        try (Bridge mallory = new Bridge(fixture.socket(), "mallory")) {
            String there = git.git("ls-remote", mallory.url("/demo/hello.git"))
                    .failed()
                    .output();
            String missing = git.git("ls-remote", mallory.url("/demo/absent.git"))
                    .failed()
                    .output();
            assertThat(there).contains("GATE-2002");
            assertThat(missing.replace("absent", "hello")).isEqualTo(there);
        }
    }

    @Test
    void a_protected_branch_is_refused_and_the_other_moves() throws Exception {
        fixture.withRepository("demo/hello");
        try (Bridge alice = new Bridge(fixture.socket(), "alice")) {
            String output = git.git("push", alice.url("/demo/hello.git"), "main", "main:refs/heads/release")
                    .failed()
                    .output();
            assertThat(output)
                    .contains("[remote rejected] main -> release")
                    .contains("* [new branch]      main -> main")
                    .contains("policy.yaml:");
        }
    }
}
