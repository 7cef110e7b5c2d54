package dev.gatehouse.git;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A disk that is full from a chosen step on. */
final class FullDisk implements DurableFiles {
    enum Step {
        SYNC,
        MOVE,
        WRITE
    }

    private final DurableFiles disk;
    private volatile @Nullable Step full;

    FullDisk(DurableFiles disk) {
        this.disk = disk;
    }

    void fillAt(Step step) {
        full = step;
    }

    void free() {
        full = null;
    }

    @Override
    public void writeAndSync(Path file, byte[] content) throws IOException {
        check(Step.WRITE, file);
        disk.writeAndSync(file, content);
    }

    @Override
    public void sync(Path file) throws IOException {
        check(Step.SYNC, file);
        disk.sync(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        disk.syncDirectory(directory);
    }

    @Override
    public void moveAtomically(Path from, Path to) throws IOException {
        check(Step.MOVE, to);
        disk.moveAtomically(from, to);
    }

    @Override
    public void deleteIfExists(Path file) throws IOException {
        disk.deleteIfExists(file);
    }

    private void check(Step step, Path file) throws FileSystemException {
        if (full == step) {
            throw new FileSystemException(file.toString(), null, "No space left on device");
        }
    }
}
