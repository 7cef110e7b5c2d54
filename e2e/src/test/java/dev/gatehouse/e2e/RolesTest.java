package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each role in a process of its own, and what people read when one of them fails. */
class RolesTest {
    @TempDir
    static Path directory;

    private static Roles roles;
    private static Installation gatehouse;
    private static GitClient alice;

    @BeforeAll
    static void start() {
        roles = new Roles(directory, "limits:\n  first-byte: 2s\n");
        gatehouse = roles.installation();
        gatehouse.gatehouse("user", "add", "alice").succeeded();
        gatehouse.gatehouse("repo", "create", "demo/hello").succeeded();
        alice = gatehouse.git("alice");
        Path first = directory.resolve("first");
        alice.git("init", "-q", first.toString()).succeeded();
        alice.commit(first, "README.md", "hello\n");
        alice.in(first, "push", "-q", alice.url("demo/hello"), "HEAD:refs/heads/main")
                .succeeded();
    }

    @AfterAll
    static void stop() {
        roles.close();
    }

    @Test
    void aCloneAndAPushGoThroughAllFour() {
        Path copy = alice.clone("demo/hello");
        alice.commit(copy, "roles.txt", "four\n");
        alice.in(copy, "push", "-q", "origin", "HEAD:refs/heads/roles").succeeded();

        assertThat(alice.git("ls-remote", alice.url("demo/hello")).output()).contains("refs/heads/roles");
        awaitConnected("ingress", "sidecar", "forge");
    }

    /** A node whose control was restarted by another test comes back by itself, a little later. */
    private static void awaitConnected(String... nodes) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        for (String node : nodes) {
            String line = "connected  spiffe://roles.test/" + node;
            String status = gatehouse.gatehouse("status").succeeded().output();
            while (!status.contains(line) && System.nanoTime() < deadline) {
                status = gatehouse.gatehouse("status").succeeded().output();
            }
            assertThat(status).contains(line);
        }
    }

    @Test
    void aRepositoryComesIntoBeingByItsFirstPushWhereTheRulesAllowIt() {
        Path copy = alice.clone("demo/hello");
        alice.in(copy, "push", "-q", alice.url("demo/born"), "HEAD:refs/heads/main")
                .succeeded();

        assertThat(alice.clone("demo/born").resolve("README.md")).hasContent("hello\n");

        Run elsewhere = alice.in(copy, "push", alice.url("other/born"), "HEAD:refs/heads/main")
                .failed();
        assertThat(elsewhere.output()).contains("GATE-2").contains("other/born");
    }

    @Test
    void aForgeThatIsDownIsNamedAtDiscoveryAndAtThePush() {
        Path copy = alice.clone("demo/hello");
        alice.commit(copy, "down.txt", "down\n");
        roles.stop("forge");
        try {
            Run list = alice.git("ls-remote", alice.url("demo/hello")).failed();
            assertThat(list.output())
                    .contains("remote: GATE-5001")
                    .contains("forge is down")
                    .contains("remote: what to do: ");
            assertThat(gatehouse
                            .gatehouse("explain", GitClient.trace(list))
                            .succeeded()
                            .output())
                    .contains("GATE-5001")
                    .contains("sidecar")
                    .contains("ingress");
        } finally {
            roles.start("forge");
        }
        alice.in(copy, "push", "-q", "origin", "HEAD:refs/heads/down").succeeded();
    }

    @Test
    void aForgeThatIsTooSlowIsNamedWithTheLimit() {
        alice.clone("demo/hello");
        roles.signal("forge", "STOP");
        try {
            Run list = alice.git("ls-remote", alice.url("demo/hello")).failed();
            assertThat(list.output())
                    .contains("remote: GATE-5003")
                    .contains("within 2 s")
                    .contains("limits.first-byte");
            assertThat(gatehouse
                            .gatehouse("explain", GitClient.trace(list))
                            .succeeded()
                            .output())
                    .contains("GATE-5003");
        } finally {
            roles.signal("forge", "CONT");
        }
        alice.clone("demo/hello");
    }

    @Test
    void withoutASidecarTheIngressSaysSo() {
        roles.stop("sidecar");
        try {
            Run list = alice.git("ls-remote", alice.url("demo/hello")).failed();
            assertThat(list.output()).contains("remote: GATE-5001").contains("connections");
        } finally {
            roles.start("sidecar");
        }
        alice.clone("demo/hello");
    }

    @Test
    void withoutControlNodesGoOnWithWhatTheyHave() {
        alice.clone("demo/hello");
        roles.stop("control");
        try {
            alice.clone("demo/hello");

            GitClient stranger = GitClient.withToken(gatehouse, "alice", "gate_notknown");
            assertThat(stranger.git("ls-remote", stranger.url("demo/hello"))
                            .failed()
                            .output())
                    .containsPattern("GATE-10(02|40)");

            roles.stop("sidecar");
            roles.start("sidecar");
            alice.clone("demo/hello");
        } finally {
            roles.start("control");
        }
        alice.clone("demo/hello");
    }
}
