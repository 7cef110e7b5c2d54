package dev.gatehouse.git;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/** Writes the lists of refs that clients see: the advertisements of version 0, and the answer to {@code ls-refs}. */
final class RefListing {
    static final String AGENT = "agent=gatehouse";
    static final String OBJECT_FORMAT = "object-format=sha1";

    private static final int LINE_BYTES = 80;
    private static final String FETCH_CAPABILITIES =
            "multi_ack multi_ack_detailed no-done thin-pack ofs-delta side-band"
                    + " side-band-64k shallow no-progress include-tag allow-tip-sha1-in-want allow-reachable-sha1-in-want filter";
    private static final String PUSH_CAPABILITIES =
            "report-status delete-refs side-band-64k quiet atomic ofs-delta push-options";

    private RefListing() {}

    /**
     * The arguments of {@code ls-refs} (gitprotocol-v2).
     *
     * @param peel tell what annotated tags stand for
     * @param symrefs tell what HEAD points to
     * @param unborn tell of HEAD though its branch does not exist
     * @param prefixes list only names that start so; empty lists all
     */
    record Question(boolean peel, boolean symrefs, boolean unborn, List<String> prefixes) {
        Question {
            prefixes = List.copyOf(prefixes);
        }
    }

    static byte[] lsRefs(RefTable table, Question question) {
        PktLines lines = new PktLines(table.refs().size() * LINE_BYTES + LINE_BYTES);
        if (question.prefixes().isEmpty() || question.prefixes().stream().anyMatch(Constants.HEAD::startsWith)) {
            listHead(table, question, lines);
        }
        for (Ref ref : matching(table, question.prefixes())) {
            ObjectId peeled = question.peel() ? ref.getPeeledObjectId() : null;
            lines.line(
                    RefTable.valueOf(ref), peeled != null ? ref.getName() + " peeled:" + peeled.name() : ref.getName());
        }
        return lines.flush().toBytes();
    }

    static byte[] uploadAdvertisement(RefTable table) {
        Optional<Ref> head = table.find(table.head());
        String capabilities = FETCH_CAPABILITIES + (head.isPresent() ? " symref=HEAD:" + table.head() : "") + " "
                + OBJECT_FORMAT + " " + AGENT;
        PktLines lines = new PktLines(table.refs().size() * LINE_BYTES + LINE_BYTES)
                .line("# service=git-upload-pack")
                .flush();
        List<Ref> refs = table.refs().asList();
        if (refs.isEmpty()) {
            return lines.line(ObjectId.zeroId(), "capabilities^{}\0" + capabilities)
                    .flush()
                    .toBytes();
        }
        boolean first = true;
        if (head.isPresent()) {
            lines.line(RefTable.valueOf(head.get()), Constants.HEAD + "\0" + capabilities);
            first = false;
        }
        for (Ref ref : refs) {
            lines.line(RefTable.valueOf(ref), first ? ref.getName() + "\0" + capabilities : ref.getName());
            first = false;
            ObjectId peeled = ref.getPeeledObjectId();
            if (peeled != null) {
                lines.line(peeled, ref.getName() + "^{}");
            }
        }
        return lines.flush().toBytes();
    }

    static byte[] receiveAdvertisement(RefTable table) {
        String capabilities = PUSH_CAPABILITIES + " " + OBJECT_FORMAT + " " + AGENT;
        PktLines lines = new PktLines(table.refs().size() * LINE_BYTES + LINE_BYTES)
                .line("# service=git-receive-pack")
                .flush();
        List<Ref> refs = table.refs().asList();
        if (refs.isEmpty()) {
            return lines.line(ObjectId.zeroId(), "capabilities^{}\0" + capabilities)
                    .flush()
                    .toBytes();
        }
        boolean first = true;
        for (Ref ref : refs) {
            lines.line(RefTable.valueOf(ref), first ? ref.getName() + "\0" + capabilities : ref.getName());
            first = false;
        }
        return lines.flush().toBytes();
    }

    private static void listHead(RefTable table, Question question, PktLines lines) {
        Optional<Ref> target = table.find(table.head());
        String symref = question.symrefs() ? " symref-target:" + table.head() : "";
        if (target.isPresent()) {
            lines.line(RefTable.valueOf(target.get()), Constants.HEAD + symref);
        } else if (question.unborn()) {
            lines.line("unborn " + Constants.HEAD + symref);
        }
    }

    private static List<Ref> matching(RefTable table, List<String> prefixes) {
        if (prefixes.isEmpty()) {
            return table.refs().asList();
        }
        List<String> sorted = prefixes.stream().sorted().distinct().toList();
        List<Ref> found = new ArrayList<>();
        String covering = "";
        for (String prefix : sorted) {
            // A longer prefix follows the shorter one that covers it: its refs are listed already.
            if (!covering.isEmpty() && prefix.startsWith(covering)) {
                continue;
            }
            covering = prefix;
            found.addAll(table.startingWith(prefix));
        }
        return found;
    }
}
