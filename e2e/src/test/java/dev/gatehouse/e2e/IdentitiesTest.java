package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Identities that are foreign, short-lived, doubled or revoked. */
class IdentitiesTest {
    private static final int SECONDS_OF_ROTATION = 20;

    @TempDir
    Path directory;

    @Test
    void aForeignTrustDomainIsRefusedInHttpWhereAPersonCanReadIt() {
        Path stranger = directory.resolve("stranger");
        try (Installation foreign = Installation.demo(directory.resolve("foreign"), "trust-domain: foreign.test\n")) {
            foreign.gatehouse("svid", "issue", "--workload", "ci-runner", "--out", stranger.toString())
                    .succeeded();
        }
        try (Installation gatehouse = Installation.demo(directory.resolve("ours"), "trust-domain: ours.test\n")) {
            GitClient job = GitClient.withCertificate(gatehouse, "ci-runner", stranger);

            Run run = job.git("ls-remote", job.url("demo/hello")).failed();

            assertThat(run.output())
                    .contains("remote: GATE-1010")
                    .contains("spiffe://foreign.test/workload/ci-runner")
                    .contains("ours.test");
            assertThat(gatehouse
                            .gatehouse("explain", GitClient.trace(run))
                            .succeeded()
                            .output())
                    .contains("GATE-1010");
        }
    }

    @Test
    void identitiesOfSecondsAreRenewedWithoutARequestBeingDropped() {
        try (Installation gatehouse = Installation.demo(directory, "identity:\n  leaf-lifetime: 6s\n")) {
            GitClient bob = gatehouse.git("bob");
            long end =
                    System.nanoTime() + Duration.ofSeconds(SECONDS_OF_ROTATION).toNanos();
            int requests = 0;
            while (System.nanoTime() < end) {
                bob.git("ls-remote", bob.url("demo/hello")).succeeded();
                requests++;
            }
            assertThat(requests).isGreaterThan(10);
        }
    }

    @Test
    void twoIdentitiesOnOneRequestAreRefused() {
        try (Installation gatehouse = Installation.demo(directory)) {
            Path folder = directory.resolve("ci-runner");
            gatehouse
                    .gatehouse("svid", "issue", "--workload", "ci-runner", "--out", folder.toString())
                    .succeeded();
            GitClient both = GitClient.withCertificate(gatehouse, "both", folder)
                    .config("http.extraHeader", "Authorization: Bearer " + gatehouse.token("bob"));

            Run run = both.git("ls-remote", both.url("demo/hello")).failed();

            assertThat(run.output())
                    .contains("remote: GATE-1005")
                    .contains("ci-runner")
                    .contains("bob");
        }
    }

    @Test
    void aDisabledAccountIsOutWithinSeconds() {
        try (Installation gatehouse = Installation.demo(directory)) {
            GitClient bob = gatehouse.git("bob");
            bob.clone("demo/hello");
            gatehouse.gatehouse("user", "disable", "bob").succeeded();

            long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            Run run = bob.git("ls-remote", bob.url("demo/hello"));
            while (run.exitCode() == 0 && System.nanoTime() < deadline) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                run = bob.git("ls-remote", bob.url("demo/hello"));
            }
            assertThat(run.failed().output()).containsPattern("remote: GATE-10(04|30)");
        }
    }
}
