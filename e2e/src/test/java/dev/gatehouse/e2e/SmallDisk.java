package dev.gatehouse.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A disk of a few MiB in memory, where a test wants one to be full. */
final class SmallDisk implements AutoCloseable {
    private static final String FILLER = "filler";

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Mounts one on {@code directory}, which is made. Only root may; whoever is not is told what to do. */
    static SmallDisk on(Path directory, int mebibytes) throws IOException {
        Files.createDirectories(directory);
        Run mounted = Run.of(
                directory,
                Map.of(),
                List.of(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "mode=0700,size=" + mebibytes + "m",
                        "tmpfs",
                        directory.toString()));
        if (mounted.exitCode() != 0) {
            throw new AssertionError(
                    "this test needs a small disk of its own, and may not mount one: run it as root, or as"
                            + " `unshare --user --map-root-user --mount ./mvnw ...`. mount said: " + mounted.output());
        }
        return new SmallDisk(directory);
    }

    /** Leaves no byte free. */
    void fill() throws IOException {
        // what the disk does not take makes dd fail, which is meant
        Run.of(directory, Map.of(), List.of("dd", "if=/dev/zero", "of=" + FILLER, "bs=4096", "status=none"));
    }

    void makeRoom() throws IOException {
        Files.delete(directory.resolve(FILLER));
    }

    @Override
    public void close() {
        Run.of(directory.getRoot(), Map.of(), List.of("umount", "--lazy", directory.toString()))
                .succeeded();
    }
}
