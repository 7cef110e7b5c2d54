package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reason this product exists: clone and push through a verified identity, and a refusal that says why. */
class MainJobTest {
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
    void aliceClonesAndPushesABranchAndBobSeesIt() {
        GitClient alice = gatehouse.git("alice");
        Path copy = alice.clone("demo/hello");
        alice.in(copy, "switch", "-qc", "topic-a").succeeded();
        alice.commit(copy, "hello.txt", "hello from alice\n");

        Run push = alice.in(copy, "push", "origin", "topic-a").succeeded();
        assertThat(push.output()).contains("[new branch]");

        GitClient bob = gatehouse.git("bob");
        Path his = bob.clone("demo/hello", "--branch", "topic-a");
        assertThat(his.resolve("hello.txt")).hasContent("hello from alice\n");
    }

    @Test
    void alicesPushToMainIsRefusedWithTheRuleTheRemedyAndATraceThatTellsTheStory() {
        GitClient alice = gatehouse.git("alice");
        Path copy = alice.clone("demo/hello");
        alice.commit(copy, "main.txt", "not like this\n");

        Run push = alice.in(copy, "push", "origin", "HEAD:refs/heads/main").failed();

        assertThat(push.output())
                .contains("GATE-2001")
                .contains("alice may not push refs/heads/main of demo/hello")
                .containsPattern("denied by rule [a-z-]+ \\(policy\\.yaml:\\d+\\)")
                .contains("what to do: ")
                .contains("! [remote rejected] HEAD -> main");
        assertThat(alice.remembersCredential()).isTrue();

        Run story = gatehouse.gatehouse("explain", GitClient.trace(push)).succeeded();
        assertThat(story.output())
                .contains("ingress")
                .contains("sidecar")
                .contains("alice")
                .contains("git-receive-pack")
                .contains("GATE-2001")
                .containsPattern("policy\\.yaml:\\d+");
    }

    @Test
    void anAcceptedPushIsExplainedHopByHopDownToTheRefThatMoved() {
        GitClient alice = gatehouse.git("alice");
        Path copy = alice.clone("demo/hello");
        alice.in(copy, "switch", "-qc", "topic-story").succeeded();
        alice.commit(copy, "story.txt", "once\n");
        alice.in(copy, "push", "-q", "origin", "topic-story").succeeded();

        String moved = gatehouse
                .gatehouse("audit", "tail", "--json")
                .succeeded()
                .output()
                .lines()
                .filter(line -> line.contains("refs/heads/topic-story") && line.contains("intent"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no intent in the audit log"));
        assertThat(moved)
                .contains(alice.commitOf(copy, "HEAD"))
                .contains("alice")
                .contains("demo/hello");

        String trace = moved.replaceAll(".*\"trace\":\"([0-9a-f]{32})\".*", "$1");
        assertThat(gatehouse.gatehouse("explain", trace).succeeded().output())
                .contains("ingress")
                .contains("sidecar")
                .contains("forge")
                .contains("spiffe://")
                .contains("refs/heads/topic-story");
        assertThat(gatehouse.gatehouse("explain", trace, "--json").succeeded().output())
                .contains("\"" + trace + "\"");
    }

    @Test
    void bobReadsButHisPushIsRefused() {
        GitClient bob = gatehouse.git("bob");
        Path copy = bob.clone("demo/hello");
        bob.in(copy, "switch", "-qc", "topic-b").succeeded();
        bob.commit(copy, "bob.txt", "bob\n");

        Run push = bob.in(copy, "push", "origin", "topic-b").failed();

        assertThat(push.output())
                .contains("GATE-2002")
                .contains("bob may not push")
                .contains("demo/hello")
                .contains("what to do: ");
        assertThat(bob.remembersCredential()).isTrue();
        assertThat(gatehouse
                        .gatehouse("explain", GitClient.trace(push))
                        .succeeded()
                        .output())
                .contains("bob")
                .contains("GATE-2002");
    }

    @Test
    void malloryMayDoNothingAndLearnsNothing() {
        GitClient mallory = gatehouse.git("mallory");
        Run existing = mallory.git("ls-remote", mallory.url("demo/hello")).failed();
        Run missing = mallory.git("ls-remote", mallory.url("demo/absent")).failed();

        assertThat(existing.output())
                .contains("remote: GATE-2002")
                .contains("mallory may not read demo/hello")
                .contains("The requested URL returned error: 403");
        assertThat(missing.output().replace("demo/absent", "demo/hello").replaceAll("trace [0-9a-f]+", "trace"))
                .isEqualTo(existing.output().replaceAll("trace [0-9a-f]+", "trace"));
        assertThat(mallory.remembersCredential()).isTrue();
        assertThat(gatehouse
                        .gatehouse("explain", GitClient.trace(existing))
                        .succeeded()
                        .output())
                .contains("mallory")
                .contains("GATE-2002");
    }

    @Test
    void theWorkloadReadsByItsCertificateAndMayNotPush() {
        Path folder = directory.resolve("ci-runner");
        gatehouse
                .gatehouse("svid", "issue", "--workload", "ci-runner", "--out", folder.toString())
                .succeeded();
        GitClient job = GitClient.withCertificate(gatehouse, "ci-runner", folder);

        Path copy = job.clone("demo/hello");
        job.in(copy, "switch", "-qc", "topic-job").succeeded();
        job.commit(copy, "job.txt", "job\n");
        Run push = job.in(copy, "push", "origin", "topic-job").failed();

        assertThat(push.output()).contains("GATE-2002").contains("ci-runner may not push");
        assertThat(gatehouse
                        .gatehouse("explain", GitClient.trace(push))
                        .succeeded()
                        .output())
                .contains("/workload/ci-runner");
    }
}
