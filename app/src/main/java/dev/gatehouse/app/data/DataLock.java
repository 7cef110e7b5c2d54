package dev.gatehouse.app.data;

import dev.gatehouse.core.audit.Role;
import dev.gatehouse.core.cause.StartCause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * The right to run some roles on a data folder. The operating system drops it with the process, however that ends, so there is no stale lock.
 */
public final class DataLock implements AutoCloseable {
    private static final int PID_DIGITS_MAX = 20;

    private final List<FileChannel> held;

    private DataLock(List<FileChannel> held) {
        this.held = held;
    }

    /**
     * Takes the folder for {@code roles}: all of them, or none.
     *
     * @throws dev.gatehouse.core.cause.FailureException with {@code DATA_IN_USE} where another process has one of them
     */
    public static DataLock take(DataFolder folder, Collection<Role> roles) {
        List<FileChannel> held = new ArrayList<>();
        boolean complete = false;
        try {
            for (Role role : roles) {
                held.add(lock(folder, folder.lockFile(role)));
            }
            complete = true;
            return new DataLock(held);
        } finally {
            if (!complete) {
                release(held);
            }
        }
    }

    private static FileChannel lock(DataFolder folder, Path file) {
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw StartCause.DATA_IN_USE
                        .with("path", folder.root().toString(), "pid", holder(file))
                        .asException();
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return channel;
        } catch (IOException e) {
            throw DataFolder.unreadable(file, e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static String holder(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        boolean isPid = !text.isEmpty()
                && text.length() <= PID_DIGITS_MAX
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isPid ? text : "unknown";
    }

    @Override
    public void close() {
        release(held);
    }

    private static void release(List<FileChannel> channels) {
        for (FileChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                // The lock goes with the process at the latest.
                LoggerFactory.getLogger(DataLock.class).debug("a lock file could not be closed", e);
            }
        }
    }
}
