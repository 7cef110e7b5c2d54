package dev.gatehouse.git;

import dev.gatehouse.core.cause.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every repository in one pack with bitmaps: without them a clone costs eight times as much. It hears of pushes, and tidies one repository
 * at a time in the background.
 *
 * <p>Threads: one of its own does the work; any other may ask or enqueue. {@code lock} guards the queue; each repository's history is replaced
 * whole. Invariant: a repository stands in the queue at most once, and is tidied by one thread at a time.
 */
public final class Maintenance implements PushListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
    private static final int SHARD_NAME_LENGTH = 2;
    private static final int GROWTH_DIVISOR = 4;

    private final Repositories repositories;
    private final MaintenanceSettings settings;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Map<String, History> histories = new ConcurrentHashMap<>();
    private final Set<String> queue = new LinkedHashSet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock working = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final Thread worker;
    private boolean closed;

    private record History(Optional<Instant> lastRun, Duration duration, int failures, Set<String> retained) {
        static final History NONE = new History(Optional.empty(), Duration.ZERO, 0, Set.of());
    }

    public Maintenance(
            Repositories repositories, MaintenanceSettings settings, InstantSource clock, SecureRandom random) {
        this.repositories = repositories;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.worker = Thread.ofPlatform().name("git-maintenance").daemon().unstarted(this::work);
    }

    /** Starts the background work. */
    public void start() {
        worker.start();
    }

    /** Asks for {@code repositoryId} to be tidied, after those that were asked for before. */
    public void request(String repositoryId) {
        lock.lock();
        try {
            queue.add(repositoryId);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void pushed(String repositoryId, PushContext context, PushReport report) {
        try (HostedRepository repository = repositories.open(repositoryId)) {
            if (isDue(repository.entry())) {
                request(repositoryId);
            }
        } catch (FailureException gone) {
            LOG.debug("repository {} cannot be looked at", repositoryId, gone);
        }
    }

    /** Tidies one repository now, on this thread, after what is being tidied. */
    public void runNow(String repositoryId) {
        working.lock();
        try (HostedRepository repository = repositories.open(repositoryId)) {
            tidy(repository.entry());
        } finally {
            working.unlock();
        }
    }

    /** Tidies all that is queued, on this thread: for those who have no background. */
    void runQueued() {
        for (int left = queued(); left > 0; left--) {
            next().ifPresent(this::runNow);
        }
    }

    /** How many repositories wait. */
    public int queued() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** How a repository is stored. */
    public MaintenanceStatus status(String repositoryId) {
        try (HostedRepository repository = repositories.open(repositoryId)) {
            History history = histories.getOrDefault(repositoryId, History.NONE);
            RepositoryEntry entry = repository.entry();
            return new MaintenanceStatus(
                    packsOf(entry).size(),
                    countLoose(entry.repository().getObjectsDirectory().toPath()),
                    packsOf(entry).stream().anyMatch(Maintenance::hasBitmap),
                    history.lastRun(),
                    history.duration(),
                    history.failures());
        }
    }

    /** Ends the background work after what is being done. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        for (Optional<String> next = next(); next.isPresent(); next = next()) {
            try {
                runNow(next.get());
            } catch (FailureException gone) {
                LOG.info("repository {} was not tidied: {}", next.get(), gone.getMessage());
            }
        }
    }

    private Optional<String> next() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            if (closed) {
                return Optional.empty();
            }
            String first = queue.iterator().next();
            queue.remove(first);
            return Optional.of(first);
        } finally {
            lock.unlock();
        }
    }

    private void tidy(RepositoryEntry entry) {
        Instant started = clock.instant();
        History before = histories.getOrDefault(entry.id(), History.NONE);
        try {
            repositories.removeCondemned(entry, started.minus(settings.condemnedKept()));
            List<Path> condemned = new Repack(entry, repositories.files(), random, repositories.limits())
                    .run(started.minus(settings.unreachableKept()));
            repositories.condemn(entry, condemned, started);
            Duration took = Duration.between(started, clock.instant());
            histories.put(entry.id(), new History(Optional.of(started), took, before.failures(), namesOf(entry)));
            LOG.info("tidied repository {} in {} ms", entry.id(), took.toMillis());
        } catch (IOException | RuntimeException failed) {
            LOG.warn("repository {} could not be tidied", entry.id(), failed);
            histories.put(
                    entry.id(),
                    new History(before.lastRun(), before.duration(), before.failures() + 1, before.retained()));
        }
    }

    /** Packs that the last run left are no reason for another. */
    private boolean isDue(RepositoryEntry entry) {
        Set<String> retained = histories.getOrDefault(entry.id(), History.NONE).retained();
        List<Pack> packs = packsOf(entry);
        long tidyBytes = 0;
        long newBytes = 0;
        int fresh = 0;
        for (Pack pack : packs) {
            long bytes = pack.getPackFile().length();
            if (hasBitmap(pack)) {
                tidyBytes += bytes;
            } else if (!retained.contains(pack.getPackName())) {
                newBytes += bytes;
                fresh++;
            }
        }
        return fresh > 0 && (tidyBytes == 0 || fresh >= settings.packsMax() || newBytes > tidyBytes / GROWTH_DIVISOR);
    }

    private static List<Pack> packsOf(RepositoryEntry entry) {
        return List.copyOf(entry.repository().getObjectDatabase().getPacks());
    }

    private static Set<String> namesOf(RepositoryEntry entry) {
        Set<String> names = new LinkedHashSet<>();
        packsOf(entry).forEach(pack -> names.add(pack.getPackName()));
        return Set.copyOf(names);
    }

    private static boolean hasBitmap(Pack pack) {
        String pathOfPack = pack.getPackFile().getPath();
        return Files.exists(Path.of(pathOfPack.substring(0, pathOfPack.lastIndexOf('.')) + ".bitmap"));
    }

    private static int countLoose(Path objects) {
        int count = 0;
        try (Stream<Path> folders = Files.list(objects)) {
            for (Path folder : folders.filter(
                            path -> path.getFileName().toString().length() == SHARD_NAME_LENGTH)
                    .toList()) {
                try (Stream<Path> loose = Files.list(folder)) {
                    count += (int) loose.count();
                }
            }
            return count;
        } catch (IOException unreadable) {
            LOG.debug("cannot count loose objects", unreadable);
            return count;
        }
    }
}
