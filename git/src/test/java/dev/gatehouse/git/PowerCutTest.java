package dev.gatehouse.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.audit.OutcomeRecord;
import dev.gatehouse.core.repository.ObjectId;
import dev.gatehouse.core.repository.RefName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A power cut between any two steps of two pushes, with and without what was not yet synced. */
class PowerCutTest {
    private static final int CUTS_PER_STEP = 3;
    private static final List<RefName> REFS =
            List.of(new RefName("refs/heads/main"), new RefName("refs/heads/a"), new RefName("refs/tags/t"));

    @TempDir
    Path temp;

    @Test
    void noRefMovesWithoutAnIntentAndEveryIntentGetsItsTrueOutcome() throws IOException {
        RecordedDisk disk = new RecordedDisk();
        Path root = temp.resolve("repositories");
        String id;
        Map<Path, byte[]> before;
        try (TestHost host = new TestHost(root, GitLimits.defaults(), disk, new MemoryJournal(disk::journalled))) {
            id = host.create();
            before = RecordedDisk.snapshot(root);
            disk.clear();
            GitClient alice = new GitClient(temp.resolve("alice")).init();
            alice.commit("hello.txt", "hello\n");
            alice.git("push", "-q", host.url(id), "main").succeeded();
            alice.commit("hello.txt", "again\n");
            alice.git("push", "-q", "--atomic", host.url(id), "main", "main:a", "main:refs/tags/t")
                    .succeeded();
        }
        List<RecordedDisk.Step> steps = disk.steps();
        assertThat(steps).hasSizeGreaterThan(15);
        Random random = new Random(7);
        for (int cut = 0; cut <= steps.size(); cut++) {
            for (int i = 0; i < CUTS_PER_STEP; i++) {
                List<RecordedDisk.Step> happened = steps.subList(0, cut);
                Path left = temp.resolve("left");
                write(RecordedDisk.afterPowerCut(before, happened, random), root, left);
                check(left, id, happened, i == 0);
                FileTrees.delete(left);
            }
        }
    }

    private void check(Path root, String id, List<RecordedDisk.Step> happened, boolean withFsck) throws IOException {
        List<IntentRecord> intents = new ArrayList<>();
        Set<String> resolved = happened.stream()
                .filter(step -> step instanceof RecordedDisk.Step.Journalled(OutcomeRecord outcome))
                .map(step -> ((OutcomeRecord) ((RecordedDisk.Step.Journalled) step).record()).pushId())
                .collect(Collectors.toSet());
        for (RecordedDisk.Step step : happened) {
            if (step instanceof RecordedDisk.Step.Journalled(IntentRecord intent)) {
                intents.add(intent);
            }
        }
        MemoryJournal journal = new MemoryJournal();
        DurableFiles files = DurableFiles.ofSystem();
        try (Repositories repositories = new Repositories(root, GitLimits.defaults(), files, new SecureRandom())) {
            List<OutcomeRecord> outcomes = new IntentResolver(repositories, files, journal, InstantSource.system())
                    .resolve(intents.stream()
                            .filter(intent -> !resolved.contains(intent.pushId()))
                            .toList());
            try (HostedRepository repository = repositories.open(id)) {
                assertThat(repository.ref(REFS.get(1))).isEqualTo(repository.ref(REFS.get(2)));
                for (RefName ref : REFS) {
                    repository
                            .ref(ref)
                            .ifPresent(value -> assertThat(intents)
                                    .as("an intent for %s of %s", value, ref)
                                    .anyMatch(intent -> intends(intent, ref, value)));
                }
                for (OutcomeRecord outcome : outcomes) {
                    assertThat(outcome.resolvedAfterRestart()).isTrue();
                    assertThat(outcome.results().stream()
                                    .map(OutcomeRecord.RefResult::moved)
                                    .distinct())
                            .hasSize(1);
                }
                if (!resolved.isEmpty()) {
                    assertThat(repository.ref(REFS.getFirst())).isPresent();
                }
            }
        }
        if (withFsck) {
            Path directory = root.resolve(id.substring(0, 2)).resolve(id + ".git");
            assertThat(new GitClient(temp.resolve("operator"))
                            .git("--git-dir", directory.toString(), "fsck", "--full")
                            .succeeded()
                            .output())
                    .doesNotContain("error", "missing");
        }
    }

    private static boolean intends(IntentRecord intent, RefName ref, ObjectId value) {
        return intent.updates().stream()
                .anyMatch(permitted -> permitted.update().ref().equals(ref)
                        && permitted.update().newId().equals(value));
    }

    private static void write(Map<Path, byte[]> files, Path from, Path to) throws IOException {
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            Path target = to.resolve(from.relativize(file.getKey()));
            Files.createDirectories(Optional.ofNullable(target.getParent()).orElseThrow());
            Files.write(target, file.getValue());
        }
        for (Path head :
                files.keySet().stream().filter(file -> file.endsWith("HEAD")).toList()) {
            Path repository = Optional.ofNullable(
                            to.resolve(from.relativize(head)).getParent())
                    .orElseThrow();
            Files.createDirectories(repository.resolve("objects/pack"));
            Files.createDirectories(repository.resolve("refs/heads"));
        }
    }
}
