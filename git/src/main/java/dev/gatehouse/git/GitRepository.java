package dev.gatehouse.git;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefDatabase;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/** JGit's repository with our refs in place of its own. */
final class GitRepository extends FileRepository {
    // Null only while the super constructor runs, which does not read refs.
    private @Nullable RefDatabase refDatabase;

    GitRepository(Path directory) throws IOException {
        super(new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .setMustExist(true)
                .setup());
    }

    void useRefs(RefStore store) {
        refDatabase = new StoredRefDatabase(store::table);
    }

    @Override
    public RefDatabase getRefDatabase() {
        return refDatabase != null ? refDatabase : super.getRefDatabase();
    }

    /** What {@code id} leads to when tags are followed. */
    ObjectId peel(ObjectId id) throws IOException {
        try (RevWalk walk = new RevWalk(this)) {
            return walk.peel(walk.parseAny(id)).copy();
        }
    }
}
