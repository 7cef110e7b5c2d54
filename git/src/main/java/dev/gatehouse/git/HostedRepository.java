package dev.gatehouse.git;

import dev.gatehouse.core.repository.ObjectFormat;
import dev.gatehouse.core.repository.ObjectId;
import dev.gatehouse.core.repository.RefName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;

/**
 * A repository while somebody uses it. Close it afterwards: its packs stay open until then. Safe for all threads; what it tells of refs is of
 * the moment of the call.
 */
public final class HostedRepository implements AutoCloseable {
    private final RepositoryEntry entry;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    HostedRepository(RepositoryEntry entry, Runnable release) {
        this.entry = entry;
        this.release = release;
    }

    /** A ref and its value. */
    public record RefValue(RefName name, ObjectId id) {}

    /** The opaque ID, which a rename of the repository does not change. */
    public String id() {
        return entry.id();
    }

    /** The hash its objects are named by. */
    public ObjectFormat objectFormat() {
        return ObjectFormat.SHA1;
    }

    /** The branch that HEAD points to; it need not exist yet. */
    public RefName defaultBranch() {
        return RefName.parse(entry.refs().table().head()).orElseGet(() -> new RefName(Repositories.INITIAL_BRANCH));
    }

    /** The value of one ref; empty where there is none. */
    public Optional<ObjectId> ref(RefName name) {
        return entry.refs().table().find(name.value()).map(ref -> ObjectIds.toCore(RefTable.valueOf(ref)));
    }

    /** Every branch, by name. */
    public List<RefValue> branches() {
        return list(Constants.R_HEADS);
    }

    /** Every tag, by name, with the tag object's own ID where it is annotated. */
    public List<RefValue> tags() {
        return list(Constants.R_TAGS);
    }

    /** How many branches there are. */
    public int branchCount() {
        return entry.refs().table().startingWith(Constants.R_HEADS).size();
    }

    /** How many tags there are. */
    public int tagCount() {
        return entry.refs().table().startingWith(Constants.R_TAGS).size();
    }

    /** Whether it has no ref at all. */
    public boolean isEmpty() {
        return entry.refs().table().refs().isEmpty();
    }

    RepositoryEntry entry() {
        return entry;
    }

    /** Gives it back. A second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }

    private List<RefValue> list(String prefix) {
        return entry.refs().table().startingWith(prefix).stream()
                .map(HostedRepository::toValue)
                .toList();
    }

    private static RefValue toValue(Ref ref) {
        return new RefValue(new RefName(ref.getName()), ObjectIds.toCore(RefTable.valueOf(ref)));
    }
}
