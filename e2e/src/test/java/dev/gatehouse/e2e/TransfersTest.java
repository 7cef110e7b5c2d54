package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways in which real clients clone, fetch and push. */
class TransfersTest {
    @TempDir
    static Path directory;

    private static Installation gatehouse;
    private static GitClient alice;

    @BeforeAll
    static void start() {
        gatehouse = Installation.demo(directory);
        alice = gatehouse.git("alice");
        Path copy = alice.clone("demo/hello");
        for (int i = 0; i < 20; i++) {
            alice.commit(copy, "file" + i + ".txt", ("line " + i + "\n").repeat(2_000));
        }
        alice.in(copy, "push", "-q", "origin", "HEAD:refs/heads/history").succeeded();
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @ParameterizedTest(name = "protocol {0} over {1} {2}")
    @CsvSource({
        "0, HTTP/1.1, --no-tags",
        "1, HTTP/1.1, --no-tags",
        "2, HTTP/1.1, --no-tags",
        "0, HTTP/2, --no-tags",
        "2, HTTP/2, --no-tags",
        "0, HTTP/1.1, --depth=1",
        "2, HTTP/2, --depth=1",
        "2, HTTP/2, --filter=blob:none",
        "2, HTTP/2, --filter=tree:0",
        "2, HTTP/1.1, --shallow-since=2001-01-01",
    })
    void aClone(String protocol, String http, String option) {
        GitClient client =
                gatehouse.git("bob").config("protocol.version", protocol).config("http.version", http);

        Path copy = client.clone("demo/hello", "--branch", "history", option);

        assertThat(copy.resolve("file19.txt")).content().startsWith("line 19\n");
        client.in(copy, "fsck").succeeded();
        assertThat(client.in(copy, "fetch", "origin").succeeded().output()).isEmpty();
    }

    @Test
    void aCompressedRequestIsUnderstood() {
        Path copy = alice.clone("demo/hello");
        for (int i = 0; i < 60; i++) {
            alice.in(copy, "commit", "-q", "--allow-empty", "-m", "only here " + i)
                    .succeeded();
        }
        alice.in(copy, "push", "-q", "origin", "HEAD:refs/heads/other-line").succeeded();

        // more than 1 KiB of haves is what git compresses
        assertThat(alice.in(copy, "-c", "protocol.version=0", "fetch", "origin", "history")
                        .succeeded()
                        .output())
                .contains("history");
    }

    @Test
    void aLargePushIsStreamedInChunks() {
        Path copy = alice.clone("demo/hello");
        byte[] noise = new byte[24 * 1024 * 1024];
        new java.util.Random(3).nextBytes(noise);
        Installation.write(copy.resolve("small.txt"), "small\n");
        write(copy.resolve("noise.bin"), noise);
        alice.in(copy, "add", "-A").succeeded();
        alice.in(copy, "commit", "-qm", "Noise").succeeded();

        alice.in(copy, "-c", "http.postBuffer=65536", "push", "-q", "origin", "HEAD:refs/heads/noise")
                .succeeded();

        Path other = gatehouse.git("bob").clone("demo/hello", "--branch", "noise", "--depth", "1");
        assertThat(other.resolve("noise.bin")).hasBinaryContent(noise);
    }

    @Test
    void refsAreMovedForcedAndDeletedOneByOneAndTogether() {
        Path copy = alice.clone("demo/hello");
        alice.commit(copy, "a.txt", "a\n");
        alice.in(
                        copy,
                        "push",
                        "-q",
                        "--atomic",
                        "origin",
                        "HEAD:refs/heads/one",
                        "HEAD:refs/heads/two",
                        "HEAD:refs/tags/t")
                .succeeded();
        String refs = alice.git("ls-remote", alice.url("demo/hello")).output();
        assertThat(refs).contains("refs/heads/one").contains("refs/heads/two").contains("refs/tags/t");

        alice.in(copy, "commit", "-q", "--amend", "-m", "Another").succeeded();
        Run plain = alice.in(copy, "push", "origin", "HEAD:refs/heads/one").failed();
        assertThat(plain.output()).contains("non-fast-forward");
    }

    @Test
    void aForcedPushNeedsARuleOfItsOwn() {
        Path copy = alice.clone("demo/hello");
        alice.commit(copy, "f.txt", "f\n");
        alice.in(copy, "push", "-q", "origin", "HEAD:refs/heads/forced").succeeded();
        alice.in(copy, "commit", "-q", "--amend", "-m", "Another").succeeded();

        Run forced = alice.in(copy, "push", "--force", "origin", "HEAD:refs/heads/forced")
                .failed();

        assertThat(forced.output())
                .contains("! [remote rejected]")
                .contains("refs/heads/forced would lose commits, and alice may not force-push it")
                .contains("what to do: ");
    }

    @Test
    void aPushOptionIsTaken() {
        Path copy = alice.clone("demo/hello");
        alice.commit(copy, "o.txt", "o\n");

        alice.in(copy, "push", "-q", "-o", "ticket=42", "origin", "HEAD:refs/heads/option")
                .succeeded();
    }

    private static void write(Path file, byte[] bytes) {
        try {
            java.nio.file.Files.write(file, bytes);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
