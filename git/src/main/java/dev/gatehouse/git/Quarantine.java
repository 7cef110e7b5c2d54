package dev.gatehouse.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.storage.pack.PackConfig;

/**
 * Where the objects of one push wait until it is decided: an object directory of its own, with the repository's as alternate. Nothing in it can
 * be seen from outside. One push, one thread; {@link #migrate} and {@link #retract} only under the writer lock.
 */
final class Quarantine implements AutoCloseable {
    private static final String PACK_FOLDER = "pack";
    private static final String INDEX = ".idx";
    private static final String PACK = ".pack";

    private final RepositoryEntry entry;
    private final DurableFiles files;
    private final Path folder;
    private final ObjectDirectory objects;
    private final List<Path> migrated = new ArrayList<>();

    Quarantine(RepositoryEntry entry, DurableFiles files, String pushId) throws IOException {
        this.entry = entry;
        this.files = files;
        this.folder = entry.directory().resolve(Repositories.QUARANTINE).resolve(pushId);
        Path directory = folder.resolve("objects");
        Files.createDirectories(directory.resolve(PACK_FOLDER));
        Files.createDirectories(directory.resolve("info"));
        this.objects = new ObjectDirectory(
                entry.repository().getConfig(),
                directory.toFile(),
                new java.io.File[] {entry.repository().getObjectsDirectory()},
                entry.repository().getFS(),
                null);
    }

    /** The quarantined objects, and behind them the repository's. */
    ObjectDirectory objects() {
        return objects;
    }

    /** Forces all that was received to stable storage, still in quarantine. */
    void sync() throws IOException {
        for (Path file : received()) {
            files.sync(file);
        }
    }

    /** Keeps only what {@code tips} lead to and the repository lacks: what only a refused ref needs must not get in. */
    void reduceTo(Set<ObjectId> tips, RefTable table) throws IOException {
        List<Path> before = received();
        Set<ObjectId> haves = new HashSet<>();
        table.refs().asList().forEach(ref -> haves.add(RefTable.valueOf(ref)));
        Path reduced = folder.resolve("reduced");
        PackConfig config = new PackConfig(entry.repository());
        config.setThreads(1);
        List<Path> kept;
        try (ObjectReader reader = objects.newReader()) {
            String name = "pack-" + folder.getFileName() + "00000000";
            kept = new PackBuilder(config, files)
                    .build(reader, new PackBuilder.Content(tips, haves, Set.of(), false), reduced, name)
                    .orElse(List.of());
        }
        Path packs = objects.getPackDirectory().toPath();
        for (Path file : before) {
            files.deleteIfExists(file);
        }
        for (Path file : kept) {
            files.moveAtomically(file, packs.resolve(file.getFileName()));
        }
    }

    /** Makes the objects the repository's own, durably: each pack before its index, by which it is found. */
    void migrate() throws IOException {
        Path target = packFolder();
        List<Path> packs = new ArrayList<>();
        for (Path file : received()) {
            String name = file.getFileName().toString();
            Path destination = target.resolve(name);
            Path pack = target.resolve(name.substring(0, name.lastIndexOf('.')) + PACK);
            if (name.endsWith(PACK) ? Files.exists(destination) : !packs.contains(pack)) {
                // The same objects were pushed before: the pack is named by them, and must not be replaced.
                continue;
            }
            files.moveAtomically(file, destination);
            migrated.add(destination);
            if (name.endsWith(PACK)) {
                packs.add(destination);
            }
        }
        if (!migrated.isEmpty()) {
            files.syncDirectory(target);
        }
        for (Path pack : packs) {
            entry.repository().getObjectDatabase().openPack(pack.toFile());
        }
    }

    /** Takes back what {@link #migrate} did: no ref leads to it. */
    void retract() throws IOException {
        for (Path file : migrated.reversed()) {
            files.deleteIfExists(file);
        }
        if (!migrated.isEmpty()) {
            files.syncDirectory(packFolder());
            migrated.clear();
            entry.repository().getObjectDatabase().close();
        }
    }

    /** Removes the quarantine with all that is left in it. */
    @Override
    public void close() throws IOException {
        objects.close();
        FileTrees.delete(folder);
    }

    private Path packFolder() {
        return entry.repository().getObjectsDirectory().toPath().resolve(PACK_FOLDER);
    }

    private List<Path> received() throws IOException {
        try (Stream<Path> found = Files.list(objects.getDirectory().toPath().resolve(PACK_FOLDER))) {
            return found.sorted(Comparator.comparingInt(Quarantine::rank)).toList();
        }
    }

    private static int rank(Path file) {
        String name = file.getFileName().toString();
        if (name.endsWith(PACK)) {
            return 0;
        }
        return name.endsWith(INDEX) ? 2 : 1;
    }
}
