package dev.gatehouse.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A push and a clone of more than the heap could hold. {@code -Dgatehouse.test.push-mebibytes} and {@code .push-heap} make it bigger. */
class BoundedMemoryTest {
    private static final int MEBIBYTES = Integer.getInteger("gatehouse.test.push-mebibytes", 128);
    private static final String HEAP = System.getProperty("gatehouse.test.push-heap", "48m");
    private static final int BLOB_MEBIBYTES = 32;

    @TempDir
    Path temp;

    @Test
    void aPushAndACloneLargerThanTheHeapGoThrough() throws IOException {
        try (HostProcess host = HostProcess.start(temp.resolve("repositories"), HEAP)) {
            GitClient alice = new GitClient(temp.resolve("alice")).init();
            alice.git("config", "core.compression", "0").succeeded();
            alice.git("config", "core.bigFileThreshold", "1m").succeeded();
            alice.git("config", "gc.auto", "0").succeeded();
            Random random = new Random(1);
            byte[] noise = new byte[1 << 20];
            for (int blob = 0; blob < MEBIBYTES / BLOB_MEBIBYTES; blob++) {
                try (var out = Files.newOutputStream(alice.folder().resolve("noise" + blob))) {
                    for (int i = 0; i < BLOB_MEBIBYTES; i++) {
                        random.nextBytes(noise);
                        out.write(noise);
                    }
                }
            }
            alice.git("add", ".").succeeded();
            alice.git("commit", "-q", "-m", "Noise").succeeded();
            alice.git("push", "-q", host.url(), "main").succeeded();
            GitClient bob = new GitClient(temp.resolve("bob"));
            bob.git("-c", "core.compression=0", "clone", "-q", "--bare", host.url(), "work")
                    .succeeded();
            assertThat(new GitClient(temp.resolve("bob/work")).revision("main")).isEqualTo(alice.revision("HEAD"));
        }
    }
}
