package dev.gatehouse.spool;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Which segments lie in a folder. */
final class SegmentFiles {
    private SegmentFiles() {}

    /** The number of each segment's first record, ascending. */
    static List<Long> firstSequences(SpoolStorage storage) throws IOException {
        return storage.names().stream()
                .map(SegmentHeader::firstSequence)
                .flatMap(Optional::stream)
                .sorted()
                .toList();
    }

    static long size(SpoolStorage storage, long firstSequence) throws IOException {
        try (SpoolStorage.Input input = storage.read(SegmentHeader.fileName(firstSequence))) {
            return input.size();
        }
    }
}
