package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full, once where the repositories are and once where the journal is. */
class DiskFullTest {
    private static final int REPOSITORIES_MEBIBYTES = 24;
    private static final int JOURNAL_MEBIBYTES = 24;
    private static final int NOISE_BYTES = 40 << 20;
    private static final int TRIES_MAX = 50;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    @TempDir
    Path directory;

    @Test
    void aPushThatTheDiskCannotTakeIsRefusedAndLeavesNothing() throws IOException {
        try (SmallDisk disk = SmallDisk.on(directory.resolve("data/repositories"), REPOSITORIES_MEBIBYTES);
                Installation gatehouse = Installation.demo(directory)) {
            GitClient alice = gatehouse.git("alice");
            Path copy = alice.clone("demo/hello");
            byte[] noise = new byte[NOISE_BYTES];
            new Random(7).nextBytes(noise);
            Files.write(copy.resolve("noise.bin"), noise);
            alice.in(copy, "add", "-A").succeeded();
            alice.in(copy, "commit", "-qm", "Too much").succeeded();

            Run push = alice.in(copy, "push", "origin", "HEAD:refs/heads/large").failed();

            assertThat(push.output())
                    .contains("remote: GATE-4010 the server has no room for this push: No space left on device")
                    .contains(
                            "remote: what to do: nothing of it was kept; the operator has to free space, then push again")
                    .contains("! [remote rejected]");
            assertThat(alice.git("ls-remote", alice.url("demo/hello"))
                            .succeeded()
                            .output())
                    .doesNotContain("refs/heads/large");
            assertThat(quarantined(gatehouse.data())).isEmpty();
            assertThat(gatehouse
                            .gatehouse("explain", GitClient.trace(push))
                            .succeeded()
                            .output())
                    .contains("GATE-4010");

            Path small = alice.clone("demo/hello");
            alice.commit(small, "small.txt", "small\n");
            alice.in(small, "push", "-q", "origin", "HEAD:refs/heads/small").succeeded();
        }
    }

    @Test
    void whereTheJournalCannotBeWrittenNoPushIsTakenUntilItCan() throws IOException {
        try (SmallDisk disk = SmallDisk.on(directory.resolve("data/spool"), JOURNAL_MEBIBYTES);
                Installation gatehouse = Installation.demo(directory)) {
            GitClient alice = gatehouse.git("alice");
            Path copy = alice.clone("demo/hello");
            alice.commit(copy, "journal.txt", "journal\n");
            disk.fill();

            Run push = refused(alice, copy);

            assertThat(push.output()).contains("the audit journal").contains("what to do: for the operator: ");
            disk.makeRoom();
            Run again = alice.in(copy, "push", "origin", "HEAD:refs/heads/after");
            for (int i = 0; again.exitCode() != 0 && i < TRIES_MAX; i++) {
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
                again = alice.in(copy, "push", "origin", "HEAD:refs/heads/after");
            }
            again.succeeded();
            assertThat(alice.git("ls-remote", alice.url("demo/hello"))
                            .succeeded()
                            .output())
                    .contains("refs/heads/after");
        }
    }

    /** What is left of the last block on the disk may take a few records more. */
    private static Run refused(GitClient alice, Path copy) {
        for (int i = 0; i < TRIES_MAX; i++) {
            Run push = alice.in(copy, "push", "origin", "HEAD:refs/heads/before" + i);
            if (push.output().contains("GATE-7001") || push.output().contains("GATE-7002")) {
                return push;
            }
        }
        throw new AssertionError("pushes are taken though the journal's disk is full");
    }

    private static List<Path> quarantined(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("repositories"))) {
            return files.filter(file -> file.toString().contains("/quarantine/"))
                    .toList();
        }
    }
}
