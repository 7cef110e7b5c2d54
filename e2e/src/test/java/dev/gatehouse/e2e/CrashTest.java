package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments of pushes. (That unsynced writes are lost as well is tried where the files are written: in {@code git} and
 * {@code spool}.)
 */
class CrashTest {
    private static final int CRASHES = 8;
    private static final int PUSHES_A_CRASH = 30;
    private static final int MILLIS_MAX = 1_500;
    private static final int READS_MAX = 20;
    private static final Pattern PUSH_ID = Pattern.compile("\"push\":\"([^\"]+)\"");

    @TempDir
    Path directory;

    @Test
    void noRefMovesWithoutADurableIntentAndEveryIntentHasATrueOutcome() throws IOException {
        Random random = new Random(20);
        try (Installation gatehouse = Installation.demo(directory)) {
            // Not from a helper: a server that dies between its 401 and the answer makes git forget the credential.
            GitClient alice = GitClient.anonymous(gatehouse)
                    .config("http.extraHeader", "Authorization: Bearer " + gatehouse.token("alice"));
            Path copy = alice.clone("demo/hello");
            for (int crash = 0; crash < CRASHES; crash++) {
                int round = crash;
                Thread pusher = Thread.ofPlatform().start(() -> pushUntilItFails(alice, copy, round));
                LockSupport.parkNanos(
                        Duration.ofMillis(random.nextInt(MILLIS_MAX)).toNanos());
                gatehouse.kill();
                join(pusher);
                gatehouse.restart();
            }

            String log = wholeLog(gatehouse);
            Map<String, String> recorded = lastRecordedValues(log);
            Map<String, String> actual = refs(
                    alice.git("ls-remote", alice.url("demo/hello")).succeeded().output());
            assertThat(actual).isNotEmpty();
            actual.forEach((ref, id) -> {
                if (ref.startsWith("refs/heads/crash")) {
                    assertThat(recorded).as("the last recorded move of " + ref).containsEntry(ref, id);
                }
            });
            assertThat(gatehouse.gatehouse("status").succeeded().output()).doesNotContain("unresolved");
            alice.in(alice.clone("demo/hello"), "fsck", "--strict").succeeded();
            for (Path repository : repositories(gatehouse.data())) {
                assertThat(Run.of(repository, Map.of(), List.of("git", "fsck", "--strict"))
                                .succeeded()
                                .output())
                        .doesNotContain("missing")
                        .doesNotContain("corrupt");
            }
        }
    }

    /** The log when control has all: nodes send what they have recorded a moment later. */
    private static String wholeLog(Installation gatehouse) {
        for (int i = 0; i < READS_MAX; i++) {
            String log = gatehouse
                    .gatehouse("audit", "tail", "--count", "100000", "--json")
                    .succeeded()
                    .printed();
            if (pushes(log, "intent").equals(pushes(log, "outcome"))) {
                return log;
            }
        }
        throw new AssertionError("an intent has no outcome");
    }

    private static Set<String> pushes(String log, String type) {
        return log.lines()
                .filter(line -> line.startsWith("{\"type\":\"" + type + "\""))
                .map(CrashTest::pushId)
                .collect(Collectors.toSet());
    }

    private static void pushUntilItFails(GitClient alice, Path copy, int round) {
        for (int i = 0; i < PUSHES_A_CRASH; i++) {
            alice.commit(copy, "crash.txt", "round " + round + " push " + i + "\n");
            Run push = alice.in(
                    copy,
                    "push",
                    "-q",
                    "origin",
                    "HEAD:refs/heads/crash" + round,
                    "HEAD:refs/heads/crash" + round + "-" + i);
            if (push.exitCode() != 0) {
                return;
            }
        }
    }

    /** The value each ref had after the last outcome that says it moved. */
    private static Map<String, String> lastRecordedValues(String log) {
        Map<String, Map<String, String>> intents = new TreeMap<>();
        Map<String, String> values = new TreeMap<>();
        List<String> withOutcome = new java.util.ArrayList<>();
        log.lines()
                .filter(line -> line.startsWith("{\"type\":\"intent\""))
                .forEach(line -> intents.put(pushId(line), moves(line)));
        log.lines().filter(line -> line.startsWith("{\"type\":\"outcome\"")).forEach(line -> {
            String push = pushId(line);
            withOutcome.add(push);
            intents.getOrDefault(push, Map.of()).forEach((ref, id) -> {
                if (line.matches(".*\"ref\":\"" + Pattern.quote(ref) + "\",\"moved\":true.*")) {
                    values.put(ref, id);
                }
            });
        });
        assertThat(withOutcome).as("every intent has an outcome").containsAll(intents.keySet());
        return values;
    }

    private static Map<String, String> moves(String line) {
        Map<String, String> moves = new TreeMap<>();
        Matcher matcher = Pattern.compile("\"ref\":\"([^\"]+)\",\"old\":\"[0-9a-f]+\",\"new\":\"([0-9a-f]+)\"")
                .matcher(line);
        while (matcher.find()) {
            moves.put(matcher.group(1), matcher.group(2));
        }
        return moves;
    }

    private static String pushId(String line) {
        Matcher matcher = PUSH_ID.matcher(line);
        assertThat(matcher.find()).as(line).isTrue();
        return matcher.group(1);
    }

    private static Map<String, String> refs(String output) {
        Map<String, String> refs = new TreeMap<>();
        output.lines().filter(line -> line.contains("\t")).forEach(line -> {
            int tab = line.indexOf('\t');
            refs.put(line.substring(tab + 1), line.substring(0, tab));
        });
        return refs;
    }

    private static List<Path> repositories(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> file.endsWith("HEAD") && Files.isRegularFile(file))
                    .map(Path::getParent)
                    .toList();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
