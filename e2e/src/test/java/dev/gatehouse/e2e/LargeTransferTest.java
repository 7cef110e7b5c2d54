package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * More bytes than the server has heap, pushed and cloned: bodies are streamed. By default a small one; with {@code -Dgatehouse.large.mebibytes=5120
 * -Dgatehouse.large.heap=512m} the one that the figures tell of.
 */
class LargeTransferTest {
    private static final int BLOB_MEBIBYTES = 64;
    private static final int MEBIBYTES = Integer.getInteger("gatehouse.large.mebibytes", 320);
    private static final String HEAP = System.getProperty("gatehouse.large.heap", "160m");

    @TempDir
    Path directory;

    @Test
    void aPushAndACloneNeedNoHeapOfTheirSize() throws IOException {
        try (Installation gatehouse = Installation.demo(directory, "", Map.of("GATEHOUSE_JAVA_OPTS", "-Xmx" + HEAP))) {
            GitClient alice =
                    gatehouse.git("alice").config("core.compression", "0").config("core.bigFileThreshold", "1m");
            Path copy = alice.clone("demo/hello");
            Random random = new Random(11);
            for (int written = 0; written < MEBIBYTES; written += BLOB_MEBIBYTES) {
                writeNoise(copy.resolve("noise" + written + ".bin"), random);
            }
            alice.in(copy, "add", "-A").succeeded();
            alice.in(copy, "commit", "-qm", "Large").succeeded();

            alice.in(copy, "push", "-q", "origin", "HEAD:refs/heads/large").succeeded();
            Path other = gatehouse.git("bob").clone("demo/hello", "--branch", "large", "--single-branch");

            assertThat(Files.mismatch(copy.resolve("noise0.bin"), other.resolve("noise0.bin")))
                    .isEqualTo(-1);
            assertThat(alice.commitOf(other, "HEAD")).isEqualTo(alice.commitOf(copy, "HEAD"));
        }
    }

    private static void writeNoise(Path file, Random random) throws IOException {
        byte[] mebibyte = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < BLOB_MEBIBYTES; i++) {
                random.nextBytes(mebibyte);
                out.write(mebibyte);
            }
        }
    }
}
