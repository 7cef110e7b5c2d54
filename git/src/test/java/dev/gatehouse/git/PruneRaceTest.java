package dev.gatehouse.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tidying while others push and fetch. */
class PruneRaceTest {
    private static final Duration ZERO_GRACE = Duration.ofMinutes(-1);
    private static final int PUSHES = 12;

    @TempDir
    Path temp;

    private TestHost host;
    private String id;
    private GitClient alice;

    @BeforeEach
    void startWithOnePush() throws IOException {
        host = new TestHost(temp.resolve("repositories"));
        id = host.create();
        alice = new GitClient(temp.resolve("alice")).init();
        alice.git("remote", "add", "origin", host.url(id)).succeeded();
        alice.commit("first", "first\n");
        alice.git("push", "-q", "origin", "main").succeeded();
    }

    @AfterEach
    void theRepositoryIsSound() throws IOException {
        host.close();
        assertThat(new GitClient(temp.resolve("operator"))
                        .git(
                                "--git-dir",
                                host.directory(temp.resolve("repositories"), id).toString(),
                                "fsck",
                                "--full",
                                "--strict")
                        .succeeded()
                        .output())
                .doesNotContain("error", "missing");
    }

    @Test
    void aPushIsCheckedAgainWhereWhatItRestsOnWasRemovedMeanwhile() throws IOException {
        String lost = alice.commit("lost", "lost\n");
        alice.git("push", "-q", "origin", "main").succeeded();
        alice.git("push", "-q", "--force", "origin", "HEAD~1:refs/heads/main").succeeded();
        String resting = alice.commit("resting", "resting\n");
        byte[] body = push(resting, lost);
        AtomicInteger asked = new AtomicInteger();
        // The rules are asked twice: early, and for the last time under the writer lock, when all has been checked.
        PushContext context = new PushContext(TestHost.ALICE, TestHost.NAME, TestHost.TRACE, () -> {
            if (asked.incrementAndGet() == 2) {
                maintenance().runNow(id);
            }
            return host.rules.current();
        });

        PushReport report;
        try (HostedRepository repository = host.repositories.open(id)) {
            report = host.receives.serve(
                    repository, new ByteArrayInputStream(body), new ByteArrayOutputStream(), context);
        }

        assertThat(asked).hasValue(2);
        assertThat(report.movedAny()).isFalse();
        assertThat(report.refs().getFirst().failure())
                .hasValueSatisfying(failure -> assertThat(failure.message()).contains("refs/heads/resting"));
        assertThat(alice.git("ls-remote", "origin").succeeded().output()).doesNotContain("refs/heads/resting");
    }

    @Test
    void pushesAndClonesGoOnWhileTheRepositoryIsTidiedOverAndOver() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Thread tidying = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                maintenance().runNow(id);
            }
        });
        try {
            for (int i = 0; i < PUSHES; i++) {
                alice.commit("file" + i, "content " + i + "\n");
                alice.git("push", "-q", "origin", "main").succeeded();
                GitClient reader = new GitClient(temp.resolve("reader" + i));
                reader.git("clone", "-q", host.url(id), "work").succeeded();
                assertThat(temp.resolve("reader" + i + "/work/file" + i)).hasContent("content " + i + "\n");
            }
        } finally {
            over.set(true);
            tidying.join();
        }
    }

    private Maintenance maintenance() {
        return new Maintenance(
                host.repositories,
                new MaintenanceSettings(20, ZERO_GRACE, Duration.ofHours(1)),
                InstantSource.system(),
                new SecureRandom());
    }

    /** What a client would send that rests on a commit which no ref leads to. */
    private byte[] push(String tip, String base) throws IOException {
        String command =
                "0".repeat(40) + " " + tip + " refs/heads/resting\0 report-status side-band-64k agent=git/2.39";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write("%04x%s0000".formatted(command.length() + 4, command).getBytes(StandardCharsets.UTF_8));
        Process pack = new ProcessBuilder("git", "pack-objects", "--stdout", "--revs", "-q")
                .directory(alice.folder().toFile())
                .start();
        pack.getOutputStream().write((tip + "\n^" + base + "\n").getBytes(StandardCharsets.UTF_8));
        pack.getOutputStream().close();
        body.write(pack.getInputStream().readAllBytes());
        return body.toByteArray();
    }
}
