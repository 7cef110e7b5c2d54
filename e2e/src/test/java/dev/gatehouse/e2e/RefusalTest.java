package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads when it does not work: the design's table of refusals, with the real git. */
class RefusalTest {
    @TempDir
    static Path directory;

    private static Installation gatehouse;

    @BeforeAll
    static void start() {
        gatehouse = Installation.demo(directory);
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @Test
    void withoutACredentialGitIsAskedForOne() {
        GitClient nobody = GitClient.anonymous(gatehouse);

        Run run = nobody.git("ls-remote", nobody.url("demo/hello")).failed();

        assertThat(run.output()).contains("could not read Username");
    }

    @Test
    void aBadCredentialSaysHowToSignInAndIsForgottenByGit() {
        GitClient alice = GitClient.withToken(gatehouse, "alice", "not-a-token");

        Run run = alice.git("ls-remote", alice.url("demo/hello")).failed();

        assertThat(run.output())
                .contains("remote: GATE-1002")
                .contains("remote: what to do: ")
                .contains("Authentication failed");
        assertThat(alice.remembersCredential()).isFalse();
        assertExplained(run, "GATE-1002");
    }

    @Test
    void anExpiredTokenSaysWhenItExpired() {
        String token = gatehouse
                .gatehouse("token", "issue", "--user", "alice", "--ttl", "1s")
                .succeeded()
                .printed()
                .strip();
        Run run = listWith(token);
        for (int i = 0; !run.output().contains("Authentication failed") && i < 100; i++) {
            run = listWith(token);
        }

        assertThat(run.failed().output()).contains("remote: GATE-1003").contains("expired at");
        assertExplained(run, "GATE-1003");
    }

    private static Run listWith(String token) {
        GitClient alice = GitClient.withToken(gatehouse, "alice", token);
        return alice.git("ls-remote", alice.url("demo/hello"));
    }

    @Test
    void ofSeveralRefsOnlyTheDeniedOneIsRefused() {
        GitClient alice = gatehouse.git("alice");
        Path copy = alice.clone("demo/hello");
        alice.commit(copy, "several.txt", "several\n");

        Run push = alice.in(copy, "push", "origin", "HEAD:refs/heads/main", "HEAD:refs/heads/several")
                .failed();

        assertThat(push.output())
                .contains("[new branch]      HEAD -> several")
                .contains("! [remote rejected] HEAD -> main")
                .contains("GATE-2001")
                .contains("what to do: ");
        assertExplained(push, "GATE-2001");
        assertThat(alice.git("ls-remote", alice.url("demo/hello")).output()).contains("refs/heads/several");
    }

    @Test
    void anAtomicPushWithOneDeniedRefMovesNothing() {
        GitClient alice = gatehouse.git("alice");
        Path copy = alice.clone("demo/hello");
        alice.commit(copy, "atomic.txt", "atomic\n");

        Run push = alice.in(copy, "push", "--atomic", "origin", "HEAD:refs/heads/main", "HEAD:refs/heads/atomic")
                .failed();

        assertThat(push.output()).contains("GATE-2001").contains("HEAD -> main").contains("HEAD -> atomic");
        assertThat(alice.git("ls-remote", alice.url("demo/hello")).output()).doesNotContain("refs/heads/atomic");
        assertExplained(push, "GATE-2001");
    }

    @Test
    void whoMayKnowIsToldThatThereIsNoSuchRepository() {
        GitClient alice = gatehouse.git("alice");
        gatehouse.policy("""
                version: 1
                rules:
                  - id: alice-works
                    allow: [read, push]
                    who: {user: alice}
                    repos: "demo/*"
                  - id: main-is-protected
                    forbid: [push, force-push, delete]
                    repos: demo/hello
                    refs: refs/heads/main
                  - id: readers
                    allow: [read]
                    who: {user: bob, workload: ci-runner}
                    repos: demo/hello
                """);

        Run run = alice.git("ls-remote", alice.url("demo/absent")).failed();

        assertThat(run.output()).contains("remote: GATE-4001").contains("there is no repository demo/absent");
        assertExplained(run, "GATE-4001");
    }

    private static void assertExplained(Run run, String code) {
        assertThat(gatehouse
                        .gatehouse("explain", GitClient.trace(run))
                        .succeeded()
                        .output())
                .contains(code)
                .contains("ingress");
    }
}
