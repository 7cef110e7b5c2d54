package dev.gatehouse.git;

import dev.gatehouse.core.cause.RepositoryCause;
import dev.gatehouse.core.cause.WireCause;
import dev.gatehouse.core.repository.ObjectFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.util.FS;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public door to the repositories of one folder. Each is a bare repository in a directory whose name is random: no name that a user chose is
 * ever part of a path. One process may work on a folder at a time; the caller sees to that. {@link GitEngine#install} must have been called.
 *
 * <p>Threads: any. The map of open repositories is guarded by this object's monitor; opening a repository happens inside it, so that two users
 * always share one entry, and with it one writer lock.
 */
public final class Repositories implements AutoCloseable {
    static final String INITIAL_BRANCH = "refs/heads/main";
    static final String QUARANTINE = "quarantine";

    private static final Logger LOG = LoggerFactory.getLogger(Repositories.class);
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final int ID_BYTES = 16;
    private static final String SUFFIX = ".git";
    private static final String PENDING = "pending";
    private static final String TRASH = "trash";

    private static final String CONFIGURATION = """
            [core]
            \trepositoryformatversion = 0
            \tfilemode = true
            \tbare = true
            \tlogAllRefUpdates = false
            \tmultiPackIndex = false
            \tcommitGraph = true
            \tfsyncRefFiles = true
            \tfsyncObjectFiles = true
            \tbigFileThreshold = 1m
            \tstreamFileThreshold = 1m
            [gc]
            \tauto = 0
            [receive]
            \tautogc = false
            [uploadpack]
            \tallowFilter = true
            \tallowAnySHA1InWant = true
            [pack]
            \twaitPreventRacyPack = false
            """;

    private final Path root;
    private final GitLimits limits;
    private final DurableFiles files;
    private final SecureRandom random;
    private final Map<String, RepositoryEntry> open = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Opens the folder, making it where it is missing, and removes what an earlier process left behind: quarantines of pushes that ended with it,
     * repositories half made or half deleted. Call it before anything is served.
     */
    public Repositories(Path root, GitLimits limits, DurableFiles files, SecureRandom random) throws IOException {
        this.root = root;
        this.limits = limits;
        this.files = files;
        this.random = random;
        Files.createDirectories(root);
        sweep();
        // JGit measures the clock of a file system where it first meets it: here, not in the midst of a push.
        FS.getFileStoreAttributes(root.resolve(PENDING));
    }

    /**
     * Makes an empty repository and returns its ID. It is there whole or not at all, and durable on return.
     *
     * @throws dev.gatehouse.core.cause.FailureException where the format cannot be stored, or the disk cannot take it
     */
    public String create(ObjectFormat format) {
        if (format != ObjectFormat.SHA1) {
            throw WireCause.OBJECT_FORMAT_MISMATCH
                    .with("served", ObjectFormat.SHA1.label(), "asked", format.label())
                    .asException();
        }
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        try {
            Path pending = root.resolve(PENDING).resolve(id + SUFFIX);
            build(pending);
            Path shard = shardOf(id);
            if (Files.notExists(shard)) {
                Files.createDirectories(shard);
                files.syncDirectory(root);
            }
            files.moveAtomically(pending, directoryOf(id));
            files.syncDirectory(shard);
            return id;
        } catch (IOException failed) {
            throw StorageFailures.of(failed).asException();
        }
    }

    /**
     * Opens a repository for use; close the result afterwards.
     *
     * @throws dev.gatehouse.core.cause.FailureException where there is none of that ID, or it cannot be read
     */
    public synchronized HostedRepository open(String id) {
        RepositoryEntry entry = open.get(id);
        if (entry == null) {
            if (!exists(id)) {
                throw RepositoryCause.NO_SUCH_REPOSITORY.with("repository", id).asException();
            }
            try {
                entry = new RepositoryEntry(id, directoryOf(id), files);
            } catch (IOException failed) {
                throw StorageFailures.of(failed).asException();
            }
            open.put(id, entry);
            closeIdle();
        }
        entry.addUser();
        RepositoryEntry opened = entry;
        return new HostedRepository(opened, () -> release(opened));
    }

    /** Whether there is a repository of that ID. */
    public boolean exists(String id) {
        return ID.matcher(id).matches() && Files.isDirectory(directoryOf(id));
    }

    /** The IDs of all repositories, by a walk over the folder. */
    public List<String> list() {
        try (Stream<Path> shards = Files.list(root)) {
            List<String> ids = new ArrayList<>();
            for (Path shard : shards.filter(
                            path -> path.getFileName().toString().length() == 2)
                    .toList()) {
                try (Stream<Path> found = Files.list(shard)) {
                    found.map(path -> path.getFileName().toString())
                            .filter(name -> name.endsWith(SUFFIX))
                            .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                            .filter(name -> ID.matcher(name).matches())
                            .forEach(ids::add);
                }
            }
            return ids;
        } catch (IOException failed) {
            throw StorageFailures.of(failed).asException();
        }
    }

    /**
     * Removes a repository. Nobody can open it afterwards; who uses it at this moment fails or finishes.
     *
     * @return whether there was one
     */
    public synchronized boolean delete(String id) {
        if (!exists(id)) {
            return false;
        }
        try {
            Path trash = root.resolve(TRASH);
            Files.createDirectories(trash);
            Path condemned = trash.resolve(id + SUFFIX);
            files.moveAtomically(directoryOf(id), condemned);
            files.syncDirectory(shardOf(id));
            Optional.ofNullable(open.remove(id))
                    .filter(entry -> entry.users() == 0)
                    .ifPresent(RepositoryEntry::close);
            FileTrees.delete(condemned);
            return true;
        } catch (IOException failed) {
            throw StorageFailures.of(failed).asException();
        }
    }

    GitLimits limits() {
        return limits;
    }

    DurableFiles files() {
        return files;
    }

    /** Closes every repository that nobody uses; the others are closed by their last user. */
    @Override
    public synchronized void close() {
        for (RepositoryEntry entry : open.values()) {
            if (entry.users() == 0) {
                entry.close();
            }
        }
        open.clear();
    }

    /** Remembers packs that a new one replaced. They go when nobody uses the repository. */
    synchronized void condemn(RepositoryEntry entry, List<Path> packs, Instant now) {
        packs.forEach(pack -> entry.condemned().put(pack, now));
    }

    /**
     * Removes packs that were condemned before {@code since}, though somebody may read the repository: JGit finds their objects in the pack that
     * replaced them.
     */
    synchronized void removeCondemned(RepositoryEntry entry, Instant since) {
        List<Path> due = entry.condemned().entrySet().stream()
                .filter(condemned -> condemned.getValue().isBefore(since))
                .map(Map.Entry::getKey)
                .toList();
        due.forEach(entry.condemned()::remove);
        deletePacks(entry, due);
    }

    private void deletePacks(RepositoryEntry entry, List<Path> packs) {
        for (Path pack : packs) {
            try {
                PackRemoval.remove(files, pack);
            } catch (IOException failed) {
                LOG.warn("a replaced pack of repository {} stays", entry.id(), failed);
            }
        }
    }

    private void removeCondemnedAtRest(RepositoryEntry entry) {
        if (entry.users() == 0 && !entry.condemned().isEmpty()) {
            List<Path> due = List.copyOf(entry.condemned().keySet());
            entry.condemned().clear();
            deletePacks(entry, due);
            // Makes JGit look at the folder again; nobody is reading.
            entry.repository().getObjectDatabase().close();
        }
    }

    private synchronized void release(RepositoryEntry entry) {
        entry.removeUser();
        removeCondemnedAtRest(entry);
        if (open.get(entry.id()) != entry) {
            if (entry.users() == 0) {
                entry.close();
            }
            return;
        }
        closeIdle();
    }

    private void closeIdle() {
        Iterator<RepositoryEntry> eldest = open.values().iterator();
        while (open.size() > limits.openRepositories() && eldest.hasNext()) {
            RepositoryEntry entry = eldest.next();
            if (entry.users() == 0) {
                eldest.remove();
                entry.close();
            }
        }
    }

    private Path shardOf(String id) {
        return root.resolve(id.substring(0, 2));
    }

    private Path directoryOf(String id) {
        return shardOf(id).resolve(id + SUFFIX);
    }

    private void build(Path directory) throws IOException {
        for (String folder : List.of("objects/pack", "objects/info", "refs/heads", "refs/tags", QUARANTINE)) {
            Files.createDirectories(directory.resolve(folder));
        }
        files.writeAndSync(directory.resolve("config"), CONFIGURATION.getBytes(StandardCharsets.UTF_8));
        files.writeAndSync(
                directory.resolve("HEAD"), ("ref: " + INITIAL_BRANCH + "\n").getBytes(StandardCharsets.UTF_8));
        files.writeAndSync(
                directory.resolve("packed-refs"),
                RefTable.of(List.of(), INITIAL_BRANCH).toPackedRefs());
        for (String folder : List.of("objects", "refs", ".")) {
            files.syncDirectory(directory.resolve(folder));
        }
    }

    private void sweep() throws IOException {
        FileTrees.delete(root.resolve(PENDING));
        FileTrees.delete(root.resolve(TRASH));
        Files.createDirectories(root.resolve(PENDING));
        for (String id : list()) {
            Path quarantine = directoryOf(id).resolve(QUARANTINE);
            if (FileTrees.deleteContents(quarantine)) {
                LOG.info("removed what an interrupted push left in repository {}", id);
            }
        }
    }
}
