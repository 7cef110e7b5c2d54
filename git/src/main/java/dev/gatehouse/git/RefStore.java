package dev.gatehouse.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;

/**
 * The refs of one repository. They are one file, {@code packed-refs}, and a batch is one rename of it: so a batch happens whole or not at all,
 * and there is never a half-written one to complete or undo. Loose refs that an import left are folded into it when the repository is opened,
 * and we write none.
 *
 * <p>Threads: {@link #table()} is a volatile read for everyone. All changes are made by the holder of the repository's writer lock. Invariant:
 * the table in memory is what is on stable storage, or, between a rename and the directory's sync, newer by one batch that nobody was told of.
 */
final class RefStore {
    private static final String PACKED_REFS = "packed-refs";
    private static final String PENDING = "packed-refs.pending";
    private static final String HEAD = "HEAD";
    private static final String SYMBOLIC = "ref: ";
    private static final String LOOSE = "refs";

    private final Path directory;
    private final DurableFiles files;
    private volatile RefTable table;

    private RefStore(Path directory, DurableFiles files, RefTable table) {
        this.directory = directory;
        this.files = files;
        this.table = table;
    }

    /** Finds what an annotated tag stands for. */
    interface Peeler {
        /** The object that {@code id} leads to when tags are followed; itself where it is none. */
        ObjectId peel(ObjectId id) throws IOException;
    }

    /** Reads the refs of {@code directory} and folds loose ones in. */
    static RefStore open(Path directory, DurableFiles files, Peeler peeler) throws IOException {
        RefStore store = new RefStore(directory, files, RefTable.of(List.of(), readHead(directory)));
        store.load(peeler);
        return store;
    }

    RefTable table() {
        return table;
    }

    /**
     * Moves refs, all or none. Returns when the move is on stable storage.
     *
     * @param changes by name; empty to delete
     * @throws IOException where it could not be made durable; {@link #table()} then says what the file holds
     */
    void apply(Map<String, Optional<Ref>> changes) throws IOException {
        RefTable changed = table.with(changes);
        Path pending = directory.resolve(PENDING);
        try {
            files.writeAndSync(pending, changed.toPackedRefs());
            files.moveAtomically(pending, directory.resolve(PACKED_REFS));
        } catch (IOException failed) {
            deleteQuietly(pending, failed);
            throw failed;
        }
        table = changed;
        files.syncDirectory(directory);
    }

    /** Points HEAD to another branch, which need not exist. */
    void pointHeadTo(String branch) throws IOException {
        Path pending = directory.resolve("HEAD.pending");
        files.writeAndSync(pending, (SYMBOLIC + branch + "\n").getBytes(StandardCharsets.UTF_8));
        files.moveAtomically(pending, directory.resolve(HEAD));
        table = table.withHead(branch);
        files.syncDirectory(directory);
    }

    private void load(Peeler peeler) throws IOException {
        files.deleteIfExists(directory.resolve(PENDING));
        Path packed = directory.resolve(PACKED_REFS);
        Map<String, Ref> found = new TreeMap<>();
        if (Files.exists(packed)) {
            RefTable.parsePackedRefs(Files.readString(packed)).forEach(ref -> found.put(ref.getName(), ref));
        }
        Map<String, Path> loose = looseRefs();
        for (Map.Entry<String, Path> entry : loose.entrySet()) {
            String value = Files.readString(entry.getValue()).strip();
            if (ObjectId.isId(value)) {
                found.put(
                        entry.getKey(),
                        new ObjectIdRef.Unpeeled(Ref.Storage.LOOSE, entry.getKey(), ObjectId.fromString(value)));
            }
        }
        List<Ref> peeled = new ArrayList<>(found.size());
        for (Ref ref : found.values()) {
            peeled.add(
                    ref.isPeeled()
                            ? ref
                            : RefTable.peeledTo(
                                    ref.getName(), RefTable.valueOf(ref), peeler.peel(RefTable.valueOf(ref))));
        }
        table = RefTable.of(peeled, table.head());
        if (!loose.isEmpty()) {
            apply(new HashMap<>());
            for (Path file : loose.values()) {
                files.deleteIfExists(file);
            }
        }
    }

    private Map<String, Path> looseRefs() throws IOException {
        Path root = directory.resolve(LOOSE);
        if (!Files.isDirectory(root)) {
            return Map.of();
        }
        Map<String, Path> found = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(root)) {
            tree.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".lock"))
                    .forEach(file -> found.put(directory.relativize(file).toString(), file));
        }
        return found;
    }

    private static String readHead(Path directory) throws IOException {
        String head = Files.readString(directory.resolve(HEAD)).strip();
        return head.startsWith(SYMBOLIC) ? head.substring(SYMBOLIC.length()) : Repositories.INITIAL_BRANCH;
    }

    private void deleteQuietly(Path file, IOException cause) {
        try {
            files.deleteIfExists(file);
        } catch (IOException second) {
            cause.addSuppressed(second);
        }
    }
}
