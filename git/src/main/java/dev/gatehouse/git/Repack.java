package dev.gatehouse.git;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.internal.storage.commitgraph.CommitGraphWriter;
import org.eclipse.jgit.internal.storage.commitgraph.GraphCommits;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.pack.PackConfig;

/**
 * Writes everything that refs lead to into one pack with bitmaps, and the commit graph; then condemns the packs that it replaces. One repository,
 * one thread, while fetches and pushes go on.
 *
 * <p>Why no push can lose what it rests on: a pack is condemned at once only if the new pack has every object of it. One with objects that no
 * ref leads to is kept for a grace period, and goes afterwards only under the writer lock, if no ref moved since the walk began; that advances
 * the prune epoch, and a push that was checked before then is checked again.
 *
 * <p>The pack has a random name: by JGit's rule a pack is named by its objects, so the first repack of a repository would take the name of the
 * very pack it replaces.
 */
final class Repack {
    private static final int NAME_BYTES = 20;
    private static final int BUFFER_BYTES = 64 << 10;
    private static final String GRAPH = "info/commit-graph";

    private final RepositoryEntry entry;
    private final DurableFiles files;
    private final SecureRandom random;
    private final GitLimits limits;

    Repack(RepositoryEntry entry, DurableFiles files, SecureRandom random, GitLimits limits) {
        this.entry = entry;
        this.files = files;
        this.random = random;
        this.limits = limits;
    }

    /** Does it, and returns the packs that may go as soon as nobody reads them. */
    List<Path> run(Instant keepUnreachableSince) throws IOException {
        RefTable table = entry.refs().table();
        ObjectDirectory objects = entry.repository().getObjectDatabase();
        List<Pack> old = new ArrayList<>(objects.getPacks());
        Set<ObjectId> heads = values(table.startingWith(Constants.R_HEADS));
        Set<ObjectId> others = values(table.refs().asList());
        others.removeAll(heads);
        if (heads.isEmpty() && others.isEmpty()) {
            return List.of();
        }
        byte[] nameBytes = new byte[NAME_BYTES];
        random.nextBytes(nameBytes);
        String name = "pack-" + HexFormat.of().formatHex(nameBytes);
        Path folder = entry.directory().resolve(Repositories.QUARANTINE).resolve(name);
        try {
            return replace(table, old, build(heads, others, folder, name), keepUnreachableSince);
        } finally {
            FileTrees.delete(folder);
        }
    }

    private Optional<List<Path>> build(Set<ObjectId> heads, Set<ObjectId> others, Path folder, String name)
            throws IOException {
        PackConfig config = new PackConfig(entry.repository());
        config.setThreads(1);
        config.setBuildBitmaps(true);
        Set<ObjectId> all = new HashSet<>(heads);
        all.addAll(others);
        Optional<List<Path>> built;
        try (ObjectReader reader = entry.repository().newObjectReader()) {
            built = new PackBuilder(config, files)
                    .build(reader, new PackBuilder.Content(all, Set.of(), others, true), folder, name);
        }
        if (built.isPresent()) {
            writeCommitGraph(all, folder);
        }
        return built;
    }

    private List<Path> replace(RefTable before, List<Pack> old, Optional<List<Path>> built, Instant keepSince)
            throws IOException {
        if (built.isEmpty()) {
            return List.of();
        }
        Path packs = entry.repository().getObjectDatabase().getPackDirectory().toPath();
        try (RepositoryEntry.WriterLock held = entry.lockForWriting(limits.writerWait())) {
            for (Path file : built.get()) {
                files.moveAtomically(file, packs.resolve(file.getFileName()));
            }
            files.syncDirectory(packs);
            Pack whole = entry.repository()
                    .getObjectDatabase()
                    .openPack(
                            packs.resolve(built.get().getFirst().getFileName()).toFile());
            List<Path> condemned = new ArrayList<>();
            List<Path> expired = new ArrayList<>();
            for (Pack pack : old) {
                Path file = pack.getPackFile().toPath();
                if (pack.shouldBeKept() || !Files.exists(file)) {
                    continue;
                }
                if (containsAll(whole.getIndex(), pack)) {
                    condemned.add(file);
                } else if (isUnchanged(before)
                        && Files.getLastModifiedTime(file).toInstant().isBefore(keepSince)) {
                    expired.add(file);
                }
            }
            prune(expired);
            return condemned;
        }
    }

    /** At once, not when the repository is at rest: a push that begins now must not find what is about to go. */
    private void prune(List<Path> expired) throws IOException {
        if (expired.isEmpty()) {
            return;
        }
        for (Path pack : expired) {
            PackRemoval.remove(files, pack);
        }
        entry.repository().getObjectDatabase().close();
        entry.advancePruneEpoch();
    }

    @SuppressWarnings("ReferenceEquality") // Every change of a ref makes a new table.
    private boolean isUnchanged(RefTable before) {
        return entry.refs().table() == before;
    }

    private static boolean containsAll(PackIndex whole, Pack pack) {
        for (PackIndex.MutableEntry object : pack) {
            if (!whole.hasObject(object.toObjectId())) {
                return false;
            }
        }
        return true;
    }

    private void writeCommitGraph(Set<ObjectId> tips, Path folder) throws IOException {
        Path pending = folder.resolve("commit-graph");
        try (RevWalk walk = new RevWalk(entry.repository());
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(pending), BUFFER_BYTES)) {
            new CommitGraphWriter(GraphCommits.fromWalk(NullProgressMonitor.INSTANCE, tips, walk))
                    .write(NullProgressMonitor.INSTANCE, out);
        }
        files.sync(pending);
        Path objects = entry.repository().getObjectsDirectory().toPath();
        files.moveAtomically(pending, objects.resolve(GRAPH));
        files.syncDirectory(objects.resolve("info"));
    }

    private static Set<ObjectId> values(List<Ref> refs) {
        Set<ObjectId> values = new HashSet<>();
        for (Ref ref : refs) {
            values.add(RefTable.valueOf(ref));
        }
        return values;
    }
}
