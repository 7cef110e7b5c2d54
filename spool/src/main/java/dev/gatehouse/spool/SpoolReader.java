package dev.gatehouse.spool;

import dev.gatehouse.core.cause.AuditCause;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.trace.TraceId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Reads a journal, also while another process writes it. Never takes the lock, never changes a file; a tail that is being written ends what is
 * read. Blocks; safe for all threads, one at a time.
 */
public final class SpoolReader {
    /** So many records of one trace are returned at most. */
    private static final int FOUND_MAX = 10_000;

    private final SpoolStorage storage;
    private final RecordEncoding encoding;
    private final int recordBytesMax;
    private final LongSupplier visibleThrough;
    private Optional<Cursor> cursor = Optional.empty();

    /** @param visibleThrough the newest record that may be shown */
    SpoolReader(SpoolStorage storage, RecordEncoding encoding, int recordBytesMax, LongSupplier visibleThrough) {
        this.storage = storage;
        this.encoding = encoding;
        this.recordBytesMax = recordBytesMax;
        this.visibleThrough = visibleThrough;
    }

    /** Where the last {@link #read} ended, so that shipping does not walk a segment from its start each time. */
    private record Cursor(long segment, long offset, long sequence) {}

    /**
     * Reads the journal in {@code directory} beside whatever writes it.
     *
     * @throws dev.gatehouse.core.cause.FailureException {@code DATA_UNREADABLE} where there is no such folder
     */
    public static SpoolReader open(Path directory, RecordEncoding encoding, SpoolLimits limits) {
        if (!Files.isDirectory(directory)) {
            throw StartCause.DATA_UNREADABLE
                    .with("path", directory.toString(), "detail", "there is no such folder")
                    .asException();
        }
        return new SpoolReader(
                new DirectoryStorage(directory), encoding, limits.recordBytesMax(), () -> Long.MAX_VALUE);
    }

    /** The newest record that {@link #read} would give; {@link Long#MAX_VALUE} where another process writes. */
    public long visibleThrough() {
        return visibleThrough.getAsLong();
    }

    /**
     * The records from {@code fromSequence} on, as many as are there and fit; one at least, where there is one. Each is checked.
     *
     * @throws dev.gatehouse.core.cause.FailureException where the files cannot be read, or the first record is damaged
     */
    public synchronized SpoolBatch read(long fromSequence, int maxRecords, int maxBytes) {
        if (fromSequence > visibleThrough.getAsLong()) {
            // The shipper asks several times a second, and mostly there is nothing new: no file is touched for that.
            return new SpoolBatch("", fromSequence, List.of());
        }
        try {
            return readFrom(fromSequence, maxRecords, maxBytes);
        } catch (NoSuchFileException removedMeanwhile) {
            return readAgain(fromSequence, maxRecords, maxBytes);
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    /** The writer removes a shipped segment now and then; twice in a row between a listing and a read it does not. */
    private SpoolBatch readAgain(long fromSequence, int maxRecords, int maxBytes) {
        try {
            return readFrom(fromSequence, maxRecords, maxBytes);
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    private SpoolBatch readFrom(long from, int maxRecords, int maxBytes) throws IOException {
        List<Long> segments = SegmentFiles.firstSequences(storage);
        if (segments.isEmpty()) {
            return new SpoolBatch("", from, List.of());
        }
        long visible = visibleThrough.getAsLong();
        long start = Math.max(from, segments.getFirst());
        long segment = segments.getFirst();
        for (long first : segments) {
            segment = first <= start ? first : segment;
        }
        String journal =
                header(segment).map(header -> header.journal().toString()).orElse("");
        Cursor begin = new Cursor(segment, SegmentHeader.BYTES, segment);
        if (cursor.isPresent()
                && cursor.get().segment() == segment
                && cursor.get().sequence() == start) {
            begin = cursor.get();
        }
        List<byte[]> records = new ArrayList<>();
        long bytes = 0;
        try (FrameScanner scanner = scanner(segment, begin.offset(), begin.sequence())) {
            while (scanner.nextSequence() <= visible && records.size() < maxRecords) {
                long before = scanner.position();
                boolean skipped = scanner.nextSequence() < start;
                if (!(skipped ? scanner.next() : scanner.nextIntact())) {
                    break;
                }
                if (skipped) {
                    continue;
                }
                bytes += scanner.recordLength();
                if (bytes > maxBytes && !records.isEmpty()) {
                    cursor = Optional.of(new Cursor(segment, before, scanner.sequence()));
                    return new SpoolBatch(journal, start, records);
                }
                records.add(scanner.record());
            }
            cursor = Optional.of(new Cursor(segment, scanner.position(), scanner.nextSequence()));
            if (records.isEmpty()
                    && visible != Long.MAX_VALUE
                    && !scanner.atEndOfFile()
                    && scanner.nextSequence() <= visible
                    && maxRecords > 0) {
                throw AuditCause.JOURNAL_DAMAGED
                        .with(
                                "path",
                                storage.location() + "/" + SegmentHeader.fileName(segment),
                                "offset",
                                Long.toString(scanner.position()),
                                "detail",
                                "a frame does not match its checksum")
                        .asException();
            }
            boolean nothingHere = records.isEmpty() && scanner.nextSequence() <= start;
            int index = Collections.binarySearch(segments, segment);
            if (nothingHere && index + 1 < segments.size() && segments.get(index + 1) <= visible && maxRecords > 0) {
                // What lies between is gone, or this segment ends here.
                return readFrom(segments.get(index + 1), maxRecords, maxBytes);
            }
        }
        return new SpoolBatch(journal, start, records);
    }

    /** Every record of one trace, in the journal's order. Reads headers only, the newest segment first. */
    public synchronized List<SpoolEntry> find(TraceId trace) {
        Deque<SpoolEntry> found = new ArrayDeque<>();
        forEachSegmentNewestFirst(scanner -> {
            List<SpoolEntry> here = new ArrayList<>();
            while (scanner.nextSequence() <= visibleThrough.getAsLong() && scanner.next()) {
                if (scanner.belongsTo(trace.high(), trace.low()) && scanner.isIntact()) {
                    entry(scanner).ifPresent(here::add);
                }
            }
            here.reversed().forEach(found::addFirst);
            return found.size() < FOUND_MAX;
        });
        return List.copyOf(found);
    }

    /** The newest {@code count} records, in the journal's order. */
    public synchronized List<SpoolEntry> tail(int count) {
        Deque<SpoolEntry> found = new ArrayDeque<>();
        forEachSegmentNewestFirst(scanner -> {
            Deque<SpoolEntry> here = lastOf(scanner, count - found.size());
            here.reversed().forEach(found::addFirst);
            return found.size() < count;
        });
        return List.copyOf(found);
    }

    private Deque<SpoolEntry> lastOf(FrameScanner scanner, int count) throws IOException {
        Deque<Cursor> last = new ArrayDeque<>();
        long before = scanner.position();
        while (scanner.nextSequence() <= visibleThrough.getAsLong() && scanner.next()) {
            if (last.size() == count) {
                last.removeFirst();
            }
            last.addLast(new Cursor(0, before, scanner.sequence()));
            before = scanner.position();
        }
        Deque<SpoolEntry> entries = new ArrayDeque<>();
        for (Cursor at : last) {
            scanner.seek(at.offset(), at.sequence());
            if (scanner.nextIntact()) {
                entry(scanner).ifPresent(entries::addLast);
            }
        }
        return entries;
    }

    /** What a later version wrote is passed over: it is shipped all the same. */
    private Optional<SpoolEntry> entry(FrameScanner scanner) throws IOException {
        long sequence = scanner.sequence();
        return encoding.decode(scanner.record()).map(record -> new SpoolEntry(sequence, record));
    }

    /** What is done with one segment. */
    private interface SegmentVisit {
        /** Returns whether older segments are wanted too. */
        boolean visit(FrameScanner scanner) throws IOException;
    }

    private void forEachSegmentNewestFirst(SegmentVisit visit) {
        try {
            boolean goOn = true;
            for (long first : SegmentFiles.firstSequences(storage).reversed()) {
                if (!goOn) {
                    return;
                }
                try (FrameScanner scanner = scanner(first, SegmentHeader.BYTES, first)) {
                    goOn = visit.visit(scanner);
                } catch (NoSuchFileException shippedMeanwhile) {
                    return;
                }
            }
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    private Optional<SegmentHeader> header(long first) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.BYTES);
        try (SpoolStorage.Input input = storage.read(SegmentHeader.fileName(first))) {
            input.read(bytes, 0);
        }
        return SegmentHeader.decode(bytes.flip());
    }

    private FrameScanner scanner(long first, long offset, long sequence) throws IOException {
        return new FrameScanner(storage.read(SegmentHeader.fileName(first)), offset, sequence, recordBytesMax);
    }

    private RuntimeException unreadable(IOException failed) {
        return StartCause.DATA_UNREADABLE
                .with("path", storage.location(), "detail", String.valueOf(failed.getMessage()))
                .asException();
    }
}
