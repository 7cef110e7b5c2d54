package dev.gatehouse.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Every change to a file that the order of a push depends on goes through here, so that a test can record the changes and play back what a power
 * cut leaves. A rename is durable once {@link #syncDirectory} of its target returned, a file's bytes once {@link #sync} did.
 */
public interface DurableFiles {
    /** Makes {@code file} anew with {@code content} and forces it to stable storage. Its directory entry is not yet durable. */
    void writeAndSync(Path file, byte[] content) throws IOException;

    /** Forces the bytes of an existing file to stable storage. */
    void sync(Path file) throws IOException;

    /** Forces a directory's entries to stable storage. */
    void syncDirectory(Path directory) throws IOException;

    /** Renames within one file system, replacing the target in one step. */
    void moveAtomically(Path from, Path to) throws IOException;

    /** Removes a file; nothing happens where there is none. */
    void deleteIfExists(Path file) throws IOException;

    /** The machine's own file system. */
    static DurableFiles ofSystem() {
        return new SystemFiles();
    }

    /** What {@link #ofSystem()} gives; stateless. */
    final class SystemFiles implements DurableFiles {
        private SystemFiles() {}

        @Override
        public void writeAndSync(Path file, byte[] content) throws IOException {
            try (FileChannel channel = FileChannel.open(
                    file,
                    Set.of(
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE))) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
        }

        @Override
        public void sync(Path file) throws IOException {
            force(file);
        }

        @Override
        public void syncDirectory(Path directory) throws IOException {
            force(directory);
        }

        @Override
        public void moveAtomically(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public void deleteIfExists(Path file) throws IOException {
            Files.deleteIfExists(file);
        }

        private static void force(Path path) throws IOException {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
