package dev.gatehouse.spool;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What a segment file begins with: magic, journal, the number of its first record, the oldest intent that had no outcome when the segment was
 * made, and a CRC32C of these. Synced before the first frame is written.
 *
 * @param journal the same in every segment
 * @param firstSequence the number of the first record; also in the file's name
 * @param oldestOpenIntent from where recovery has to look for intents; {@link #NO_INTENT} where it need not look before this segment
 */
record SegmentHeader(JournalId journal, long firstSequence, long oldestOpenIntent) {
    static final int BYTES = 64;
    static final long NO_INTENT = 0;

    private static final long MAGIC = 0x4741_5445_5350_4C31L;
    private static final int CRC_OFFSET = BYTES - Integer.BYTES;
    private static final String SUFFIX = ".segment";
    private static final int NAME_DIGITS = 19;

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putLong(MAGIC)
                .putLong(journal.high())
                .putLong(journal.low())
                .putLong(firstSequence)
                .putLong(oldestOpenIntent);
        bytes.position(CRC_OFFSET);
        bytes.putInt(crc(bytes));
        return bytes.flip();
    }

    /** The header in the first {@link #BYTES} of {@code bytes}; empty where there is none that is intact. */
    static Optional<SegmentHeader> decode(ByteBuffer bytes) {
        if (bytes.remaining() < BYTES || bytes.getLong(0) != MAGIC || bytes.getInt(CRC_OFFSET) != crc(bytes)) {
            return Optional.empty();
        }
        return Optional.of(new SegmentHeader(
                new JournalId(bytes.getLong(8), bytes.getLong(16)), bytes.getLong(24), bytes.getLong(32)));
    }

    String fileName() {
        return fileName(firstSequence);
    }

    static String fileName(long firstSequence) {
        return String.format("%0" + NAME_DIGITS + "d", firstSequence) + SUFFIX;
    }

    /** The number in a segment's file name; empty where the file is none. */
    static Optional<Long> firstSequence(String fileName) {
        if (fileName.length() != NAME_DIGITS + SUFFIX.length() || !fileName.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(fileName.substring(0, NAME_DIGITS)));
        } catch (NumberFormatException notASegment) {
            return Optional.empty();
        }
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(0, CRC_OFFSET));
        return (int) crc.getValue();
    }
}
