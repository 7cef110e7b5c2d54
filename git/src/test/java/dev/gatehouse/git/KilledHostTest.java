package dev.gatehouse.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.audit.OutcomeRecord;
import dev.gatehouse.core.policy.PolicyVersion;
import dev.gatehouse.core.policy.RuleReference;
import dev.gatehouse.core.repository.ObjectId;
import dev.gatehouse.core.repository.RefName;
import dev.gatehouse.core.repository.RefUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed at a random moment while pushes go on. */
class KilledHostTest {
    private static final int KILLS = Integer.getInteger("gatehouse.test.kills", 4);
    private static final int PUSHING_MILLIS_MAX = 400;

    @TempDir
    Path temp;

    @Test
    void everyRefIsWhereADurableIntentSaysAndEveryIntentIsResolved() throws Exception {
        Path folder = temp.resolve("host");
        GitClient alice = new GitClient(temp.resolve("alice")).init();
        Random random = new Random(11);
        for (int kill = 0; kill < KILLS; kill++) {
            try (HostProcess host = HostProcess.start(folder, "64m")) {
                CompletableFuture<Integer> pushes = CompletableFuture.supplyAsync(() -> pushUntilItFails(alice, host));
                try {
                    pushes.get(1 + random.nextInt(PUSHING_MILLIS_MAX), TimeUnit.MILLISECONDS);
                } catch (TimeoutException busy) {
                    host.kill();
                }
                pushes.get(30, TimeUnit.SECONDS);
            }
            check(folder);
        }
    }

    private static int pushUntilItFails(GitClient alice, HostProcess host) {
        for (int count = 0; ; count++) {
            alice.git("commit", "-q", "--allow-empty", "-m", "Commit " + count).succeeded();
            if (alice.git("push", "-q", "--atomic", "--force", host.url(), "main", "main:copy")
                            .status()
                    != 0) {
                return count;
            }
        }
    }

    private void check(Path folder) throws IOException {
        Path root = HostProcess.repositories(folder);
        Path file = folder.resolve(HostProcess.JOURNAL);
        List<String> journal = Files.exists(file) ? Files.readAllLines(file) : List.of();
        try (Repositories repositories =
                new Repositories(root, GitLimits.defaults(), DurableFiles.ofSystem(), new SecureRandom())) {
            String id = repositories.list().getFirst();
            List<IntentRecord> unresolved = new ArrayList<>();
            Set<String> resolved = new HashSet<>();
            Map<RefName, Set<ObjectId>> intended = new HashMap<>();
            for (String line : journal) {
                List<String> words = Arrays.asList(line.split(" ", -1));
                if (words.getFirst().equals("outcome")) {
                    resolved.add(words.get(1));
                } else {
                    IntentRecord intent = intent(words, id);
                    unresolved.add(intent);
                    intent.updates()
                            .forEach(permitted -> intended.computeIfAbsent(
                                            permitted.update().ref(), ref -> new HashSet<>())
                                    .add(permitted.update().newId()));
                }
            }
            unresolved.removeIf(intent -> resolved.contains(intent.pushId()));
            assertThat(unresolved).hasSizeLessThanOrEqualTo(1 + KILLS);
            List<OutcomeRecord> outcomes = new IntentResolver(
                            repositories, DurableFiles.ofSystem(), new MemoryJournal(), InstantSource.system())
                    .resolve(unresolved);
            assertThat(outcomes).hasSameSizeAs(unresolved);
            try (HostedRepository repository = repositories.open(id)) {
                Optional<ObjectId> main = repository.ref(new RefName("refs/heads/main"));
                assertThat(repository.ref(new RefName("refs/heads/copy"))).isEqualTo(main);
                main.ifPresent(value ->
                        assertThat(intended.get(new RefName("refs/heads/main"))).contains(value));
            }
            Path directory = root.resolve(id.substring(0, 2)).resolve(id + ".git");
            assertThat(new GitClient(temp.resolve("operator"))
                            .git("--git-dir", directory.toString(), "fsck", "--full")
                            .succeeded()
                            .output())
                    .doesNotContain("error", "missing");
            assertThat(directory.resolve("quarantine")).isEmptyDirectory();
        }
    }

    private static IntentRecord intent(List<String> words, String id) {
        List<IntentRecord.PermittedUpdate> updates = words.subList(2, words.size()).stream()
                .map(text -> text.split(",", -1))
                .map(parts -> new IntentRecord.PermittedUpdate(
                        new RefUpdate(
                                new RefName(parts[0]),
                                ObjectId.parse(parts[1]).orElseThrow(),
                                ObjectId.parse(parts[2]).orElseThrow()),
                        false,
                        RuleReference.builtIn("test")))
                .toList();
        return new IntentRecord(
                Instant.EPOCH,
                Optional.empty(),
                words.get(1),
                TestHost.ALICE,
                TestHost.NAME,
                id,
                updates,
                new PolicyVersion(1, "0123456789ab"));
    }
}
