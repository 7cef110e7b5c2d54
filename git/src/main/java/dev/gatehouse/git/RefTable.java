package dev.gatehouse.git;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.util.RefList;

/**
 * All refs of a repository at one moment, sorted by name, with what HEAD points to. Immutable, so a reader sees a push whole or not at all.
 *
 * @param refs every ref below {@code refs/}, each with its peeled value
 * @param head the branch that HEAD points to, whether it exists or not
 */
record RefTable(RefList<Ref> refs, String head) {
    private static final String HEADER = "# pack-refs with: peeled fully-peeled sorted \n";
    private static final int LINE_BYTES = 80;
    private static final int HEX = 40;

    /** The value of a ref; empty where there is none. */
    Optional<Ref> find(String name) {
        int at = refs.find(name);
        return at < 0 ? Optional.empty() : Optional.of(refs.get(at));
    }

    /** The ID a ref has; zero where there is none. */
    ObjectId idOf(String name) {
        int at = refs.find(name);
        return at < 0 ? ObjectId.zeroId() : valueOf(refs.get(at));
    }

    /** The refs whose name starts with {@code prefix}, in order. A view: costs nothing to make. */
    List<Ref> startingWith(String prefix) {
        if (prefix.isEmpty()) {
            return refs.asList();
        }
        int from = boundary(prefix);
        int to = from;
        int high = refs.size();
        while (to < high) {
            int middle = (to + high) >>> 1;
            if (refs.get(middle).getName().startsWith(prefix)) {
                to = middle + 1;
            } else {
                high = middle;
            }
        }
        return refs.asList().subList(from, to);
    }

    private int boundary(String prefix) {
        int at = refs.find(prefix);
        return at < 0 ? -(at + 1) : at;
    }

    /** A ref that cannot exist beside {@code name}: one is a folder of the other. Empty where there is none. */
    Optional<String> conflictOf(String name) {
        List<Ref> inside = startingWith(name + "/");
        if (!inside.isEmpty()) {
            return Optional.of(inside.getFirst().getName());
        }
        for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
            String folder = name.substring(0, slash);
            if (refs.contains(folder)) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    /** This table after {@code changes}: a name with an empty value is gone. */
    RefTable with(Map<String, Optional<Ref>> changes) {
        List<Ref> result = new ArrayList<>(refs.size() + changes.size());
        List<Map.Entry<String, Optional<Ref>>> sorted = new ArrayList<>(new TreeMap<>(changes).entrySet());
        int next = 0;
        for (Ref ref : refs.asList()) {
            while (next < sorted.size() && sorted.get(next).getKey().compareTo(ref.getName()) < 0) {
                sorted.get(next++).getValue().ifPresent(result::add);
            }
            if (next < sorted.size() && sorted.get(next).getKey().equals(ref.getName())) {
                sorted.get(next++).getValue().ifPresent(result::add);
            } else {
                result.add(ref);
            }
        }
        while (next < sorted.size()) {
            sorted.get(next++).getValue().ifPresent(result::add);
        }
        return of(result, head);
    }

    /** A stored ref always has a value: symbolic ones are not in the table. */
    static ObjectId valueOf(Ref ref) {
        return Objects.requireNonNull(ref.getObjectId());
    }

    RefTable withHead(String branch) {
        return new RefTable(refs, branch);
    }

    static RefTable of(List<Ref> sorted, String head) {
        RefList.Builder<Ref> builder = new RefList.Builder<>(Math.max(sorted.size(), 1));
        sorted.forEach(builder::add);
        return new RefTable(builder.toRefList(), head);
    }

    /** The file {@code packed-refs} (gitrepository-layout), which C git reads too. */
    byte[] toPackedRefs() {
        StringBuilder text = new StringBuilder(HEADER.length() + refs.size() * LINE_BYTES);
        text.append(HEADER);
        for (Ref ref : refs.asList()) {
            text.append(valueOf(ref).name()).append(' ').append(ref.getName()).append('\n');
            ObjectId peeled = ref.getPeeledObjectId();
            if (peeled != null) {
                text.append('^').append(peeled.name()).append('\n');
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What a {@code packed-refs} file says; refs whose peeled value it does not say are not peeled. */
    static List<Ref> parsePackedRefs(String text) {
        List<Ref> found = new ArrayList<>();
        boolean peeled = false;
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("#")) {
                peeled = line.contains(" fully-peeled");
            } else if (line.startsWith("^") && !found.isEmpty()) {
                Ref tag = found.removeLast();
                found.add(peeledTo(tag.getName(), valueOf(tag), ObjectId.fromString(line.substring(1))));
            } else if (line.length() > HEX + 1) {
                ObjectId id = ObjectId.fromString(line.substring(0, HEX));
                String name = line.substring(HEX + 1);
                found.add(
                        peeled
                                ? new ObjectIdRef.PeeledNonTag(Ref.Storage.PACKED, name, id)
                                : new ObjectIdRef.Unpeeled(Ref.Storage.PACKED, name, id));
            }
        }
        return found;
    }

    /** A ref whose peeled value is known: the same as its own where it is no tag object. */
    static Ref peeledTo(String name, AnyObjectId id, AnyObjectId peeled) {
        return id.equals(peeled)
                ? new ObjectIdRef.PeeledNonTag(Ref.Storage.PACKED, name, id.copy())
                : new ObjectIdRef.PeeledTag(Ref.Storage.PACKED, name, id.copy(), peeled.copy());
    }
}
