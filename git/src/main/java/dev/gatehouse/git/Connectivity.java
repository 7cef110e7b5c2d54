package dev.gatehouse.git;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdSubclassMap;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Whether everything that new tips lead to is there. What existing refs lead to is complete already, so the walk stops at them. Where all new
 * commits grow directly out of ref values, as in nearly every push, only those few are marked, not each of thousands of refs.
 */
final class Connectivity {
    private final ObjectDirectory objects;
    private final ObjectIdSubclassMap<ObjectId> received;
    private final RefTable table;

    Connectivity(ObjectDirectory objects, ObjectIdSubclassMap<ObjectId> received, RefTable table) {
        this.objects = objects;
        this.received = received;
        this.table = table;
    }

    /** @throws MissingObjectException where an object is missing */
    void check(Collection<ObjectId> tips) throws IOException {
        Set<ObjectId> values = new HashSet<>();
        for (Ref ref : table.refs().asList()) {
            values.add(RefTable.valueOf(ref));
            ObjectId peeled = ref.getPeeledObjectId();
            if (peeled != null) {
                values.add(peeled);
            }
        }
        try (ObjectReader reader = objects.newReader()) {
            Set<ObjectId> edges = edges(reader, tips);
            boolean allKnown = values.containsAll(edges);
            walk(reader, tips, allKnown ? edges : values);
        }
    }

    /** Where the received history meets what was there before. */
    private Set<ObjectId> edges(ObjectReader reader, Collection<ObjectId> tips) throws IOException {
        Set<ObjectId> edges = new HashSet<>();
        Set<ObjectId> seen = new HashSet<>();
        Deque<ObjectId> next = new ArrayDeque<>(tips);
        try (RevWalk walk = new RevWalk(reader)) {
            walk.setRetainBody(false);
            while (!next.isEmpty()) {
                ObjectId id = next.removeFirst();
                if (!seen.add(id)) {
                    continue;
                }
                if (!received.contains(id)) {
                    edges.add(id);
                } else if (walk.peel(walk.parseAny(id)) instanceof RevCommit commit) {
                    walk.parseHeaders(commit);
                    for (RevCommit parent : commit.getParents()) {
                        next.addLast(parent.copy());
                    }
                }
            }
        }
        return edges;
    }

    private void walk(ObjectReader reader, Collection<ObjectId> tips, Set<ObjectId> complete) throws IOException {
        try (ObjectWalk walk = new ObjectWalk(reader)) {
            walk.setRetainBody(false);
            for (ObjectId tip : tips) {
                walk.markStart(walk.parseAny(tip));
            }
            for (ObjectId id : complete) {
                walk.markUninteresting(walk.parseAny(id));
            }
            while (walk.next() != null) {
                // Each commit's header was read to get here: it is there.
            }
            for (RevObject object = walk.nextObject(); object != null; object = walk.nextObject()) {
                if (object.getType() == Constants.OBJ_BLOB && !received.contains(object) && !reader.has(object)) {
                    throw new MissingObjectException(object.copy(), Constants.OBJ_BLOB);
                }
            }
        }
    }
}
