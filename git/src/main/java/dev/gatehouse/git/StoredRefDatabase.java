package dev.gatehouse.git;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefDatabase;
import org.eclipse.jgit.lib.RefRename;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.ReflogReader;
import org.eclipse.jgit.lib.SymbolicRef;
import org.jspecify.annotations.Nullable;

/** Shows JGit the refs in memory. Read only: whoever tries to move a ref past the ref gate gets an exception. */
final class StoredRefDatabase extends RefDatabase {
    private final Supplier<RefTable> table;

    StoredRefDatabase(Supplier<RefTable> table) {
        this.table = table;
    }

    @Override
    public void create() {}

    @Override
    public void close() {}

    @Override
    public boolean isNameConflicting(String name) {
        return table.get().conflictOf(name).isPresent();
    }

    @Override
    public RefUpdate newUpdate(String name, boolean detach) {
        throw new UnsupportedOperationException("refs move through the ref gate alone");
    }

    @Override
    public RefRename newRename(String fromName, String toName) {
        throw new UnsupportedOperationException("refs move through the ref gate alone");
    }

    @Override
    public @Nullable Ref exactRef(String name) {
        RefTable now = table.get();
        return Constants.HEAD.equals(name) ? head(now) : now.find(name).orElse(null);
    }

    @SuppressWarnings("deprecation") // Still abstract in JGit.
    @Override
    public Map<String, Ref> getRefs(String prefix) {
        RefTable now = table.get();
        Map<String, Ref> found = new TreeMap<>();
        now.startingWith(prefix).forEach(ref -> found.put(ref.getName().substring(prefix.length()), ref));
        if (prefix.isEmpty()) {
            found.put(Constants.HEAD, head(now));
        }
        return found;
    }

    @Override
    public List<Ref> getRefs() {
        return table.get().refs().asList();
    }

    @Override
    public List<Ref> getRefsByPrefix(String prefix) {
        return table.get().startingWith(prefix);
    }

    @Override
    public List<Ref> getAdditionalRefs() {
        return List.of();
    }

    @Override
    public Ref peel(Ref ref) {
        return ref;
    }

    @Override
    public ReflogReader getReflogReader(Ref ref) throws IOException {
        throw new IOException("there is no reflog: the audit log has every move");
    }

    private static Ref head(RefTable now) {
        Ref target = now.find(now.head()).orElseGet(() -> new ObjectIdRef.Unpeeled(Ref.Storage.NEW, now.head(), null));
        return new SymbolicRef(Constants.HEAD, target);
    }
}
