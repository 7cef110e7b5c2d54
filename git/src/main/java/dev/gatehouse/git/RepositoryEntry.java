package dev.gatehouse.git;

import dev.gatehouse.core.cause.RepositoryCause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.RepositoryCache;

/**
 * One open repository, shared by all who use it.
 *
 * <p>Threads: the number of users and {@code retired} are guarded by the {@link Repositories} that owns the entry. Refs are changed and packs
 * are migrated or removed only by the holder of {@link #writer}; the store's single-writer rule rests on that lock.
 */
final class RepositoryEntry {
    private final String id;
    private final Path directory;
    private final GitRepository repository;
    private final RefStore refs;
    private final AdvertisementCache advertisements = new AdvertisementCache();
    private final ReentrantLock writer = new ReentrantLock(true);
    private volatile long pruneEpoch;
    private final Map<Path, Instant> condemned = new LinkedHashMap<>();
    private int users;

    RepositoryEntry(String id, Path directory, DurableFiles files) throws IOException {
        this.id = id;
        this.directory = directory;
        this.repository = new GitRepository(directory);
        try {
            this.refs = RefStore.open(directory, files, repository::peel);
        } catch (IOException | RuntimeException failed) {
            repository.close();
            throw failed;
        }
        repository.useRefs(refs);
        // A quarantine's alternate is looked up there: it must find this very object, with its open packs.
        RepositoryCache.register(repository);
    }

    String id() {
        return id;
    }

    Path directory() {
        return directory;
    }

    GitRepository repository() {
        return repository;
    }

    RefStore refs() {
        return refs;
    }

    AdvertisementCache advertisements() {
        return advertisements;
    }

    int users() {
        return users;
    }

    /** Packs that another one replaced, with the moment. Guarded by the owner. */
    Map<Path, Instant> condemned() {
        return condemned;
    }

    void addUser() {
        users++;
    }

    void removeUser() {
        users--;
    }

    /** Rises whenever objects that no ref led to were removed: what a push was checked against may be gone. */
    long pruneEpoch() {
        return pruneEpoch;
    }

    /** Only under the writer lock. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // Written by the holder of the writer lock alone.
    void advancePruneEpoch() {
        pruneEpoch++;
    }

    /** Takes the writer lock; closing the result gives it back, on the same thread. */
    WriterLock lockForWriting(Duration wait) {
        try {
            if (writer.tryLock(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                return writer::unlock;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw RepositoryCause.INTERRUPTED.with().asException();
        }
        throw RepositoryCause.BUSY
                .with("detail", "another push has held it for " + wait.toSeconds() + " s")
                .asException();
    }

    /** Lets the files go. Nobody may use the entry afterwards. */
    void close() {
        RepositoryCache.unregister(repository);
        repository.close();
    }

    /** The right to change refs and packs. */
    interface WriterLock extends AutoCloseable {
        @Override
        void close();
    }
}
