package dev.gatehouse.bench.side;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Makes a repository of some size, the same each time, with {@code git fast-import}. */
final class RepositoryGenerator {
    private static final int FILES = 2_000;
    private static final int FILES_PER_COMMIT = 4;
    private static final int FILES_PER_DIRECTORY = 50;

    private final long seed;

    RepositoryGenerator(long seed) {
        this.seed = seed;
    }

    /**
     * Makes a bare repository at {@code directory}, in one pack.
     *
     * @param commits on {@code main}, each of which changes a few files
     * @param refs how many tags, spread over the commits
     */
    void generate(Path directory, int commits, int refs) {
        try {
            Files.createDirectories(directory);
            Commands.run(directory, "git", "init", "-q", "--bare", "-b", "main", ".");
            Process process = new ProcessBuilder(List.of("git", "fast-import", "--quiet"))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("import.log").toFile())
                    .start();
            try (OutputStream out = new BufferedOutputStream(process.getOutputStream(), 1 << 16)) {
                write(out, commits, refs);
            }
            if (process.waitFor() != 0) {
                throw new IllegalStateException(Files.readString(directory.resolve("import.log")));
            }
            Commands.run(directory, "git", "-c", "pack.threads=2", "repack", "-q", "-adb");
            Commands.run(directory, "git", "pack-refs", "--all");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void write(OutputStream out, int commits, int refs) throws IOException {
        Random random = new Random(seed);
        for (int commit = 1; commit <= commits; commit++) {
            put(
                    out,
                    "commit refs/heads/main\nmark :" + commit + "\ncommitter Bench <bench@example.test> "
                            + (1_700_000_000L + commit * 60L) + " +0000\n");
            data(out, "Change " + commit + "\n");
            if (commit > 1) {
                put(out, "from :" + (commit - 1) + "\n");
            }
            for (int i = 0; i < FILES_PER_COMMIT; i++) {
                int file = random.nextInt(FILES);
                put(
                        out,
                        "M 100644 inline module" + file / FILES_PER_DIRECTORY % 40 + "/package"
                                + file / FILES_PER_DIRECTORY + "/File" + file + ".txt\n");
                data(out, text(random));
            }
        }
        for (int ref = 0; ref < refs; ref++) {
            put(
                    out,
                    "reset refs/tags/v" + ref + "\nfrom :" + (1 + (int) ((long) ref * commits / Math.max(refs, 1)))
                            + "\n\n");
        }
        put(out, "done\n");
    }

    /** Words from a small vocabulary and a few that never come again: it compresses and deltas about as source code does. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int lines = 20 + random.nextInt(100);
        for (int line = 0; line < lines; line++) {
            for (int word = 0; word < 6; word++) {
                text.append(
                                random.nextInt(8) == 0
                                        ? Long.toString(random.nextLong(), 36)
                                        : "word" + random.nextInt(300))
                        .append(' ');
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static void data(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        put(out, "data " + bytes.length + "\n");
        out.write(bytes);
        put(out, "\n");
    }

    private static void put(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
