package dev.gatehouse.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.RepositoryCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that is full at each step of a push that writes to it. */
class DiskFullTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource(FullDisk.Step.class)
    void aPushThatFindsTheDiskFullSaysSoAndLeavesNothing(FullDisk.Step step) throws IOException {
        FullDisk disk = new FullDisk(DurableFiles.ofSystem());
        try (TestHost host = new TestHost(temp.resolve("repositories"), GitLimits.defaults(), disk)) {
            String id = host.create();
            GitClient alice = new GitClient(temp.resolve("alice")).init();
            alice.commit("hello.txt", "hello\n");
            disk.fillAt(step);
            assertThat(alice.git("push", host.url(id), "main").failed().output())
                    .contains("GATE-4010", "the server has no room for this push");
            disk.free();
            PushReport report = host.pushes.getLast();
            assertThat(report.refs().getFirst().failure().map(Failure::cause)).contains(RepositoryCause.DISK_FULL);
            try (HostedRepository repository = host.repositories.open(id)) {
                assertThat(repository.isEmpty()).isTrue();
            }
            Path directory = host.directory(temp.resolve("repositories"), id);
            assertThat(directory.resolve("quarantine")).isEmptyDirectory();
            if (step != FullDisk.Step.WRITE) {
                try (Stream<Path> packs = Files.list(directory.resolve("objects/pack"))) {
                    assertThat(packs).isEmpty();
                }
            }
            alice.git("push", "-q", host.url(id), "main").succeeded();
        }
    }
}
