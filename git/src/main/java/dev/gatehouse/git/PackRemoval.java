package dev.gatehouse.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Removes packs with all that belongs to them. */
final class PackRemoval {
    private static final String PACK = ".pack";

    private PackRemoval() {}

    /** Removes the pack {@code file}. The index goes first: a pack without one is not looked at, an index without its pack is an error. */
    static void remove(DurableFiles files, Path file) throws IOException {
        String path = file.toString();
        String base = path.substring(0, path.length() - PACK.length());
        for (String extension : List.of(".idx", ".bitmap", ".rev", PACK)) {
            files.deleteIfExists(Path.of(base + extension));
        }
    }
}
