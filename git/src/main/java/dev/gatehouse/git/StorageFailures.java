package dev.gatehouse.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.RepositoryCause;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells a full disk from other trouble with it. Java gives both as an IOException whose message is the system's own. */
final class StorageFailures {
    private static final List<String> FULL =
            List.of("no space left on device", "disk quota exceeded", "file too large");
    private static final int CAUSES_MAX = 16;

    private StorageFailures() {}

    /** The cause of a failed read or write of ours. */
    static Failure of(Throwable thrown) {
        return isDiskFull(thrown)
                ? RepositoryCause.DISK_FULL.with("detail", reason(thrown))
                : RepositoryCause.STORAGE_FAILED.with("detail", reason(thrown));
    }

    /** Whether the disk, or this user's share of it, is full. */
    static boolean isDiskFull(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
            String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (FULL.stream().anyMatch(text::contains)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** The system's own words, without the path: where a repository lies is nobody's business but the operator's. */
    private static String reason(Throwable thrown) {
        if (thrown instanceof FileSystemException files) {
            return orName(files.getReason(), thrown);
        }
        return orName(thrown.getMessage(), thrown);
    }

    private static String orName(@Nullable String text, Throwable thrown) {
        return text == null || text.isBlank() || text.contains("/")
                ? thrown.getClass().getSimpleName()
                : text;
    }
}
