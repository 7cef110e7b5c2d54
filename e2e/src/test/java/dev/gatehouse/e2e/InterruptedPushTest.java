package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes to which something happens on the way. */
class InterruptedPushTest {
    private static final int NOISE_BYTES = 3 * 1024 * 1024;

    @TempDir
    static Path directory;

    private static Installation gatehouse;
    private static GitClient alice;
    private static String token;

    @BeforeAll
    static void start() {
        gatehouse = Installation.demo(directory);
        token = gatehouse.token("alice");
        alice = GitClient.withToken(gatehouse, "alice", token);
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @Test
    void aPushThatIsCutOffLeavesNothingThatCanBeSeenOrFetchedById() throws IOException {
        Path copy = withNoise("cut");
        byte[] body = pushBody(copy, "refs/heads/cut");
        try (SlowPush push = new SlowPush(gatehouse, token, "demo/hello", body.length)) {
            push.send(body, 0, body.length / 2);
        }

        String commit = alice.commitOf(copy, "HEAD");
        Run fetch =
                alice.in(alice.clone("demo/hello"), "fetch", "origin", commit).failed();
        assertThat(fetch.output()).contains("GATE-3514 the object " + commit + " is not one that may be fetched");
        assertThat(alice.git("ls-remote", alice.url("demo/hello")).output()).doesNotContain("refs/heads/cut");
        for (Path repository : repositories()) {
            assertThat(Run.of(repository, Map.of(), List.of("git", "cat-file", "-e", commit))
                            .exitCode())
                    .isNotZero();
        }
    }

    @Test
    void aRuleThatChangesInTheMiddleOfAPushCounts() throws IOException {
        Path copy = withNoise("changed");
        byte[] body = pushBody(copy, "refs/heads/changed");
        String before = Installation.read(gatehouse.data().resolve("policy.yaml"));
        try (SlowPush push = new SlowPush(gatehouse, token, "demo/hello", body.length)) {
            push.send(body, 0, body.length / 2);
            gatehouse.policy(
                    before.stripTrailing()
                            + "\n\n  - id: frozen\n    forbid: [push]\n    repos: demo/hello\n    explain: the repository is frozen\n");
            push.send(body, body.length / 2, body.length);

            assertThat(push.answer())
                    .contains("GATE-4023 the rules changed during the push")
                    .contains("denied by rule frozen")
                    .contains("ng refs/heads/changed");
        } finally {
            gatehouse.policy(before);
        }
        assertThat(alice.git("ls-remote", alice.url("demo/hello")).output()).doesNotContain("refs/heads/changed");
    }

    private static Path withNoise(String name) throws IOException {
        Path copy = alice.clone("demo/hello");
        byte[] noise = new byte[NOISE_BYTES];
        new java.util.Random(name.hashCode()).nextBytes(noise);
        Files.write(copy.resolve(name + ".bin"), noise);
        alice.in(copy, "add", "-A").succeeded();
        alice.in(copy, "commit", "-qm", name).succeeded();
        return copy;
    }

    /** What git would send: the command, a flush, and the pack. */
    private static byte[] pushBody(Path copy, String ref) throws IOException {
        String command = "0".repeat(40) + " " + alice.commitOf(copy, "HEAD") + " " + ref
                + "\0 report-status side-band-64k agent=git/2.39";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write("%04x%s0000".formatted(command.length() + 4, command).getBytes(StandardCharsets.UTF_8));
        Process pack = new ProcessBuilder("git", "pack-objects", "--stdout", "--revs", "-q")
                .directory(copy.toFile())
                .start();
        pack.getOutputStream().write("HEAD\n^origin/main\n".getBytes(StandardCharsets.UTF_8));
        pack.getOutputStream().close();
        body.write(pack.getInputStream().readAllBytes());
        return body.toByteArray();
    }

    private static List<Path> repositories() throws IOException {
        try (Stream<Path> files = Files.walk(gatehouse.data())) {
            return files.filter(file -> file.endsWith("HEAD") && Files.isRegularFile(file))
                    .map(Path::getParent)
                    .toList();
        }
    }
}
