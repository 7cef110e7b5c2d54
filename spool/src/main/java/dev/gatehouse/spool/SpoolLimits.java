package dev.gatehouse.spool;

import java.time.Duration;

/**
 * The bounds of one journal.
 *
 * @param segmentBytes a segment file is closed when it has grown to this
 * @param unshippedBytesMax where so much is not yet shipped, the journal is full; outcomes and request records may use {@link #RESERVE_BYTES} more
 * @param retainedBytesMax so much of what is shipped is kept, so that recent requests can be explained on the node
 * @param queueRecordsMax how many records may wait to be written; a power of two
 * @param queueBytesMax how many bytes of them
 * @param recordBytesMax the longest record
 * @param flushInterval how long a record that nobody waits for may wait
 * @param probeInterval how often a broken disk is tried again
 */
public record SpoolLimits(
        int segmentBytes,
        long unshippedBytesMax,
        long retainedBytesMax,
        int queueRecordsMax,
        long queueBytesMax,
        int recordBytesMax,
        Duration flushInterval,
        Duration probeInterval) {
    /** Kept free below the hard limit, so that every intent that was taken can still get its outcome. */
    static final long RESERVE_BYTES = 64L << 20;

    /**
     * 16 MiB segments, 1 GiB not yet shipped, 256 MiB kept; a flush at least five times a second. The queue's places are made at start and stay:
     * 16,384 of them take 1 MiB, and the writer is woken when half are taken, which leaves it 80 ms at 100,000 records a second.
     */
    public static final SpoolLimits DEFAULT = new SpoolLimits(
            16 << 20,
            1L << 30,
            256L << 20,
            1 << 14,
            32L << 20,
            16 << 20,
            Duration.ofMillis(200),
            Duration.ofSeconds(1));

    /** @throws IllegalArgumentException where a bound is out of its range */
    public SpoolLimits {
        if (segmentBytes < SegmentHeader.BYTES
                || segmentBytes > (1 << 30)
                || recordBytesMax < 1
                || recordBytesMax > (1 << 28)
                || Integer.bitCount(queueRecordsMax) != 1
                || queueBytesMax < 1
                || unshippedBytesMax < 1
                || retainedBytesMax < 0
                || !flushInterval.isPositive()
                || !probeInterval.isPositive()) {
            throw new IllegalArgumentException("limits of the journal out of range");
        }
    }
}
