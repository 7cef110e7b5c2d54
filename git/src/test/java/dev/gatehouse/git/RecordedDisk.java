package dev.gatehouse.git;

import dev.gatehouse.core.audit.AuditRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Does what it is asked on the real disk, and remembers it in order, together with what the journal took, so that the moments in between can be
 * played back as a power cut would leave them: bytes that were not synced are lost, and of the renames and removals whose folder was not synced
 * any may have happened or not.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and never changed.
final class RecordedDisk implements DurableFiles {
    private final DurableFiles disk = DurableFiles.ofSystem();
    private final List<Step> steps = new ArrayList<>();

    sealed interface Step {
        record Contents(Path file, byte[] bytes) implements Step {}

        record Moved(Path from, Path to) implements Step {}

        record Deleted(Path file) implements Step {}

        record FolderSynced(Path folder) implements Step {}

        record Journalled(AuditRecord record) implements Step {}
    }

    synchronized List<Step> steps() {
        return List.copyOf(steps);
    }

    synchronized void clear() {
        steps.clear();
    }

    synchronized void journalled(AuditRecord record) {
        steps.add(new Step.Journalled(record));
    }

    @Override
    public synchronized void writeAndSync(Path file, byte[] content) throws IOException {
        disk.writeAndSync(file, content);
        steps.add(new Step.Contents(file, content));
    }

    @Override
    public synchronized void sync(Path file) throws IOException {
        disk.sync(file);
        steps.add(new Step.Contents(file, Files.readAllBytes(file)));
    }

    @Override
    public synchronized void syncDirectory(Path directory) throws IOException {
        disk.syncDirectory(directory);
        steps.add(new Step.FolderSynced(directory));
    }

    @Override
    public synchronized void moveAtomically(Path from, Path to) throws IOException {
        disk.moveAtomically(from, to);
        steps.add(new Step.Moved(from, to));
    }

    @Override
    public synchronized void deleteIfExists(Path file) throws IOException {
        disk.deleteIfExists(file);
        steps.add(new Step.Deleted(file));
    }

    /** All files below {@code root}. */
    static Map<Path, byte[]> snapshot(Path root) throws IOException {
        Map<Path, byte[]> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files.put(file, Files.readAllBytes(file));
            }
        }
        return files;
    }

    /** What is left of {@code before} and {@code steps} after a power cut. */
    static Map<Path, byte[]> afterPowerCut(Map<Path, byte[]> before, List<Step> steps, RandomGenerator random) {
        Map<Path, byte[]> durable = new TreeMap<>(before);
        Map<Path, byte[]> contents = new HashMap<>(before);
        List<Entry> pending = new ArrayList<>();
        for (Step step : steps) {
            switch (step) {
                case Step.Contents(Path file, byte[] bytes) -> {
                    contents.put(file, bytes);
                    pending.add(new Entry(null, file, bytes));
                }
                case Step.Moved(Path from, Path to) -> {
                    byte[] bytes = contents.getOrDefault(from, new byte[0]);
                    contents.remove(from);
                    contents.put(to, bytes);
                    pending.add(new Entry(from, to, bytes));
                }
                case Step.Deleted(Path file) -> {
                    contents.remove(file);
                    pending.add(new Entry(file, null, new byte[0]));
                }
                case Step.FolderSynced(Path folder) -> {
                    pending.stream().filter(entry -> entry.isIn(folder)).forEach(entry -> entry.apply(durable));
                    pending.removeIf(entry -> entry.isIn(folder));
                }
                case Step.Journalled journalled -> {}
            }
        }
        pending.stream().filter(entry -> random.nextBoolean()).forEach(entry -> entry.apply(durable));
        return durable;
    }

    /** A change of a folder's entries. */
    private record Entry(@Nullable Path gone, @Nullable Path there, byte[] bytes) {
        boolean isIn(Path folder) {
            Path changed = there != null ? there : gone;
            return changed != null && folder.normalize().equals(changed.getParent());
        }

        void apply(Map<Path, byte[]> files) {
            if (gone != null) {
                files.remove(gone);
            }
            if (there != null) {
                files.put(there, bytes);
            }
        }
    }
}
