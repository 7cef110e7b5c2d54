package dev.gatehouse.app.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Files and folders that are the operator's alone. A write replaces the file whole, or leaves the old one. */
public final class PrivateFiles {
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private PrivateFiles() {}

    /** Makes {@code folder} and its parents with mode 0700 where they are missing. */
    public static void createFolder(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, FOLDER);
            }
        } catch (IOException e) {
            throw DataFolder.unreadable(folder, e);
        }
    }

    /** Replaces {@code file} with {@code content}, mode 0600: durable when this returns, and never half-written. */
    public static void write(Path file, byte[] content) {
        Path folder = file.toAbsolutePath().getParent();
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(written);
            try (FileChannel channel =
                    FileChannel.open(written, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (folder != null) {
                try (FileChannel parent = FileChannel.open(folder)) {
                    parent.force(true);
                }
            }
        } catch (IOException e) {
            throw DataFolder.unreadable(file, e);
        }
    }

    /** The content of {@code file}; empty where there is no such file. */
    public static Optional<byte[]> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw DataFolder.unreadable(file, e);
        }
    }
}
