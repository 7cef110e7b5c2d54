package dev.gatehouse.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {
    private static final Duration ZERO_GRACE = Duration.ofMinutes(-1);

    @TempDir
    Path temp;

    private TestHost host;
    private String id;
    private GitClient alice;

    @BeforeEach
    void startWithThreePushes() throws IOException {
        host = new TestHost(temp.resolve("repositories"));
        id = host.create();
        alice = new GitClient(temp.resolve("alice")).init();
        alice.git("remote", "add", "origin", host.url(id)).succeeded();
        for (int i = 0; i < 3; i++) {
            alice.commit("file" + i, "content " + i + "\n");
            alice.git("push", "-q", "origin", "main").succeeded();
        }
    }

    @AfterEach
    void theRepositoryIsSound() throws IOException {
        host.close();
        assertThat(new GitClient(temp.resolve("operator"))
                        .git("--git-dir", directory().toString(), "fsck", "--full", "--strict")
                        .succeeded()
                        .output())
                .doesNotContain("error", "missing");
    }

    @Test
    void onePackWithBitmapsAndACommitGraphIsLeft() throws IOException {
        Maintenance maintenance = maintenance(Duration.ofDays(14));
        assertThat(maintenance.status(id).packs()).isEqualTo(3);
        assertThat(maintenance.status(id).hasBitmap()).isFalse();
        maintenance.runNow(id);
        MaintenanceStatus status = maintenance.status(id);
        assertThat(status.packs()).isEqualTo(1);
        assertThat(status.hasBitmap()).isTrue();
        assertThat(status.lastRun()).isPresent();
        assertThat(status.failures()).isZero();
        assertThat(directory().resolve("objects/info/commit-graph")).isNotEmptyFile();
        assertThat(files(".pack")).hasSize(1);
    }

    @Test
    void aCloneAfterwardsIsCountedByBitmaps() throws IOException {
        maintenance(Duration.ofDays(14)).runNow(id);
        new GitClient(temp.resolve("bob"))
                .git("clone", "-q", host.url(id), "work")
                .succeeded();
        assertThat(host.uploads.metrics().read().bitmapHits()).isEqualTo(1);
        assertThat(temp.resolve("bob/work/file2")).hasContent("content 2\n");
    }

    @Test
    void pushesGoOnAfterwards() throws IOException {
        maintenance(Duration.ofDays(14)).runNow(id);
        alice.commit("file3", "content 3\n");
        alice.git("push", "-q", "origin", "main").succeeded();
        maintenance(Duration.ofDays(14)).runNow(id);
        new GitClient(temp.resolve("bob"))
                .git("clone", "-q", host.url(id), "work")
                .succeeded();
        assertThat(temp.resolve("bob/work/file3")).hasContent("content 3\n");
    }

    @Test
    void whatNoRefLeadsToIsKeptForAWhile() throws IOException {
        String lost = rewriteHistory();
        maintenance(Duration.ofDays(14)).runNow(id);
        assertThat(fetch(lost).status()).isZero();
    }

    @Test
    void whatNoRefLeadsToGoesAfterwards() throws IOException {
        String lost = rewriteHistory();
        maintenance(ZERO_GRACE).runNow(id);
        assertThat(fetch(lost).failed().output()).contains("GATE-3514");
    }

    @Test
    void aPackIsKeptWhileSomebodyUsesTheRepository() throws IOException {
        try (HostedRepository reader = host.repositories.open(id)) {
            maintenance(Duration.ofDays(14)).runNow(id);
            assertThat(files(".pack")).hasSize(4);
            assertThat(reader.branchCount()).isEqualTo(1);
        }
        assertThat(files(".pack")).hasSize(1);
    }

    @Test
    void aPushMakesItDueWhereThereIsNoBitmap() throws IOException {
        try (Maintenance maintenance = maintenance(Duration.ofDays(14))) {
            maintenance.pushed(id, host.context(), host.pushes.getLast());
            maintenance.runQueued();
            assertThat(maintenance.status(id).hasBitmap()).isTrue();
            maintenance.pushed(id, host.context(), host.pushes.getLast());
            assertThat(maintenance.queued()).isZero();
        }
    }

    private Maintenance maintenance(Duration unreachableKept) {
        return new Maintenance(
                host.repositories,
                new MaintenanceSettings(20, unreachableKept, Duration.ofHours(1)),
                InstantSource.system(),
                new SecureRandom());
    }

    private String rewriteHistory() {
        String lost = alice.revision("HEAD");
        alice.git("commit", "-q", "--amend", "-m", "Rewritten").succeeded();
        alice.git("push", "-q", "--force", "origin", "main").succeeded();
        return lost;
    }

    private GitClient.Result fetch(String object) throws IOException {
        return new GitClient(temp.resolve("thief")).init().git("fetch", host.url(id), object);
    }

    private List<Path> files(String extension) throws IOException {
        try (Stream<Path> found = Files.list(directory().resolve("objects/pack"))) {
            return found.filter(file -> file.toString().endsWith(extension)).toList();
        }
    }

    private Path directory() {
        return host.directory(temp.resolve("repositories"), id);
    }
}
