package dev.gatehouse.core.git;

import dev.gatehouse.core.repository.RefName;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to a push, in the form that the client chose (gitprotocol-pack, "Report Status"): what became of the pack, then of each ref, and
 * text for the person where the answer is multiplexed. Both versions of the report are written alike: the second adds option lines, of which
 * we need none. One answer, one thread.
 *
 * <p>A client that chose neither report nor side-band hears only of failures, through {@code ERR}.
 */
public final class ReportStatus {
    private static final int REASON_LENGTH_MAX = 400;

    private final PushCapabilities capabilities;
    private final List<String> progress = new ArrayList<>();
    private final List<String> refs = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private String unpack = "ok";

    /** A report for a client that chose {@code capabilities}. */
    public ReportStatus(PushCapabilities capabilities) {
        this.capabilities = capabilities;
    }

    /** A line of text for the person: {@code remote: line}. Lost where the client chose no side-band. */
    public ReportStatus progress(String line) {
        progress.add(oneLine(line));
        return this;
    }

    /** The pack could not be taken. Without this call it could. */
    public ReportStatus unpackFailed(String reason) {
        unpack = shortened(reason);
        reasons.add(unpack);
        return this;
    }

    /** The ref moved. */
    public ReportStatus ok(RefName ref) {
        refs.add("ok " + ref);
        return this;
    }

    /** The ref did not move; the client prints {@code ! [remote rejected] ... (reason)}. */
    public ReportStatus rejected(RefName ref, String reason) {
        String line = shortened(reason);
        refs.add("ng " + ref + " " + line);
        reasons.add(line);
        return this;
    }

    /** The body of the answer. */
    public byte[] toBytes() {
        PktLineWriter out = new PktLineWriter();
        if (!capabilities.sideBand64k()) {
            return withoutSideBand(out);
        }
        progress.forEach(line -> out.sideBand(SideBand.PROGRESS, line));
        if (capabilities.wantsReport()) {
            out.sideBand(SideBand.DATA, report());
        } else if (!reasons.isEmpty()) {
            out.sideBand(SideBand.FATAL, reasons.getFirst());
        }
        return out.flush().toBytes();
    }

    private byte[] withoutSideBand(PktLineWriter out) {
        if (capabilities.wantsReport()) {
            return report();
        }
        return reasons.isEmpty()
                ? new byte[0]
                : out.error(reasons.getFirst()).flush().toBytes();
    }

    private byte[] report() {
        PktLineWriter report = new PktLineWriter().text("unpack " + unpack);
        refs.forEach(report::text);
        return report.flush().toBytes();
    }

    private static String shortened(String reason) {
        String line = oneLine(reason);
        int points = line.codePointCount(0, line.length());
        return points <= REASON_LENGTH_MAX
                ? line
                : line.substring(0, line.offsetByCodePoints(0, REASON_LENGTH_MAX - 1)) + "…";
    }

    private static String oneLine(String text) {
        return FailureText.printable(text);
    }
}
