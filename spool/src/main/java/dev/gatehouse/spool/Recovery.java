package dev.gatehouse.spool;

import dev.gatehouse.core.audit.AuditRecord;
import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.audit.OutcomeRecord;
import dev.gatehouse.core.cause.AuditCause;
import dev.gatehouse.core.cause.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a folder, in whatever state a crash left it, into a journal that can be continued.
 *
 * <p>A tail that is not whole is cut off, but only where no intact frame proves that it had been synced; otherwise it is damage: in a segment
 * that is shipped the file is kept aside and the journal goes on, in one that is not the journal does not open, and nothing is touched.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final String ASIDE = ".damaged";

    private final SpoolStorage storage;
    private final RecordEncoding encoding;
    private final SpoolLimits limits;
    private final Map<String, IntentRecord> openIntents = new LinkedHashMap<>();
    private final Map<String, Long> openSequences = new LinkedHashMap<>();
    private final List<SegmentWriter.Segment> segments = new ArrayList<>();
    private long lastSequence;

    private Recovery(SpoolStorage storage, RecordEncoding encoding, SpoolLimits limits) {
        this.storage = storage;
        this.encoding = encoding;
        this.limits = limits;
    }

    /**
     * What a journal goes on from.
     *
     * @param journal its identity
     * @param segments its files, the oldest first; at least one
     * @param lastSequence the newest record; 0 where there is none
     * @param shippedThrough the last that control has stored
     * @param openIntents intents without outcome by push ID, the oldest first
     * @param openSequences their numbers
     */
    record Recovered(
            JournalId journal,
            List<SegmentWriter.Segment> segments,
            long lastSequence,
            long shippedThrough,
            Map<String, IntentRecord> openIntents,
            Map<String, Long> openSequences) {}

    static Recovered recover(SpoolStorage storage, RecordEncoding encoding, SpoolLimits limits, RandomGenerator random)
            throws IOException {
        return new Recovery(storage, encoding, limits).run(random);
    }

    private Recovered run(RandomGenerator random) throws IOException {
        List<Long> firsts = new ArrayList<>(SegmentFiles.firstSequences(storage));
        removeUnfinished(firsts);
        if (firsts.isEmpty()) {
            SegmentHeader first = new SegmentHeader(JournalId.random(random), 1, SegmentHeader.NO_INTENT);
            SegmentWriter.createFile(storage, first).close();
            firsts.add(1L);
        }
        SegmentHeader newest = header(firsts.getLast()).orElseThrow(() -> damaged(firsts.getLast(), 0, "no header"));
        long shippedThrough = new Acknowledgement(storage, newest.journal()).read();
        long scanFrom = newest.oldestOpenIntent() == SegmentHeader.NO_INTENT
                ? newest.firstSequence()
                : newest.oldestOpenIntent();
        long checkFrom = Math.min(scanFrom, shippedThrough + 1);
        for (int i = 0; i < firsts.size(); i++) {
            long first = firsts.get(i);
            boolean last = i == firsts.size() - 1;
            long end = last ? Long.MAX_VALUE : firsts.get(i + 1);
            if (end <= checkFrom) {
                // Shipped long ago and not needed to begin: it is checked when it is read.
                segments.add(new SegmentWriter.Segment(first, SegmentFiles.size(storage, first)));
            } else {
                check(first, newest.journal(), last, end, shippedThrough);
            }
        }
        return new Recovered(
                newest.journal(),
                segments,
                lastSequence,
                Math.min(shippedThrough, lastSequence),
                openIntents,
                openSequences);
    }

    /** A segment whose making was cut off has no whole header, and nothing after it: frames come only after the header is synced. */
    private void removeUnfinished(List<Long> firsts) throws IOException {
        if (firsts.isEmpty() || header(firsts.getLast()).isPresent()) {
            return;
        }
        long first = firsts.getLast();
        try (FrameScanner scanner = scanner(first, 0, first - 1)) {
            if (SegmentFiles.size(storage, first) > SegmentHeader.BYTES && scanner.brokenAfterSync()) {
                throw damaged(first, 0, "its header is broken");
            }
        }
        storage.delete(SegmentHeader.fileName(first));
        firsts.removeLast();
    }

    private void check(long first, JournalId journal, boolean last, long end, long shippedThrough) throws IOException {
        Optional<SegmentHeader> header = header(first);
        boolean headerFits = header.isPresent()
                && header.get().journal().equals(journal)
                && header.get().firstSequence() == first;
        if (!headerFits) {
            handleDamage(first, 0, "its header is broken or of another journal", end, shippedThrough);
            return;
        }
        try (FrameScanner scanner = scanner(first, SegmentHeader.BYTES, first)) {
            while (scanner.nextIntact()) {
                noteIntent(first, scanner);
            }
            lastSequence = scanner.nextSequence() - 1;
            // What stood in a gap was shipped and set aside earlier.
            boolean followed = last || scanner.nextSequence() == end || end - 1 <= shippedThrough;
            boolean complete = scanner.atEndOfFile() && followed;
            if (!complete && (!last || scanner.brokenAfterSync())) {
                handleDamage(first, scanner.position(), "a frame does not match its checksum", end, shippedThrough);
                return;
            }
            if (last) {
                makeDurable(first, scanner.position(), scanner.atEndOfFile());
            }
            segments.add(new SegmentWriter.Segment(first, scanner.position()));
        }
    }

    /** What a killed process had written may not be on the disk yet, though it can be read. */
    private void makeDurable(long first, long intactBytes, boolean whole) throws IOException {
        try (SpoolStorage.Output output = storage.append(SegmentHeader.fileName(first))) {
            if (!whole) {
                LOG.warn(
                        "the journal's tail was not whole and is cut off: {} at byte {}",
                        SegmentHeader.fileName(first),
                        intactBytes);
                output.truncate(intactBytes);
            }
            output.force();
        }
    }

    /** An intent that cannot be read must not be passed over: nobody could say what became of it. */
    private void noteIntent(long first, FrameScanner scanner) throws IOException {
        if (scanner.kind() == Frame.KIND_OTHER) {
            return;
        }
        AuditRecord record = encoding.decode(scanner.record())
                .orElseThrow(() -> damaged(first, scanner.framePosition(), "an intent or outcome cannot be read"));
        if (record instanceof IntentRecord intent) {
            openIntents.put(intent.pushId(), intent);
            openSequences.put(intent.pushId(), scanner.sequence());
        } else if (record instanceof OutcomeRecord outcome) {
            openIntents.remove(outcome.pushId());
            openSequences.remove(outcome.pushId());
        }
    }

    private void handleDamage(long first, long offset, String detail, long end, long shippedThrough)
            throws IOException {
        RuntimeException damage = damaged(first, offset, detail);
        if (end == Long.MAX_VALUE || end - 1 > shippedThrough) {
            throw damage;
        }
        String name = SegmentHeader.fileName(first);
        storage.rename(name, name + ASIDE);
        storage.syncDirectory();
        LOG.error(
                "{}; all of it is stored by control, so the journal goes on; kept as {}{}",
                damage.getMessage(),
                name,
                ASIDE);
    }

    private RuntimeException damaged(long first, long offset, String detail) {
        Failure failure = AuditCause.JOURNAL_DAMAGED.with(
                "path",
                storage.location() + "/" + SegmentHeader.fileName(first),
                "offset",
                Long.toString(offset),
                "detail",
                detail);
        return failure.asException();
    }

    private Optional<SegmentHeader> header(long first) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.BYTES);
        try (SpoolStorage.Input input = storage.read(SegmentHeader.fileName(first))) {
            input.read(bytes, 0);
        }
        return SegmentHeader.decode(bytes.flip());
    }

    private FrameScanner scanner(long first, long offset, long sequence) throws IOException {
        return new FrameScanner(storage.read(SegmentHeader.fileName(first)), offset, sequence, limits.recordBytesMax());
    }
}
