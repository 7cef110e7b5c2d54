package dev.gatehouse.git;

import java.util.concurrent.atomic.LongAdder;

/** Counts what was served, since the process started. Safe for all threads. */
public final class UploadMetrics {
    private final LongAdder refLists = new LongAdder();
    private final LongAdder packs = new LongAdder();
    private final LongAdder bitmapHits = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /**
     * The counters at one moment.
     *
     * @param refLists lists of refs sent
     * @param packs packs sent
     * @param bitmapHits those whose objects were counted by bitmaps
     * @param refused fetches turned away because the host was busy
     * @param bytes of all answers
     */
    public record Reading(long refLists, long packs, long bitmapHits, long refused, long bytes) {}

    /** The counters now; each is exact, all together need not be of one moment. */
    public Reading read() {
        return new Reading(refLists.sum(), packs.sum(), bitmapHits.sum(), refused.sum(), bytes.sum());
    }

    void countRefList() {
        refLists.increment();
    }

    void countPack(boolean byBitmap) {
        packs.increment();
        if (byBitmap) {
            bitmapHits.increment();
        }
    }

    void countRefused() {
        refused.increment();
    }

    void countBytes(long written) {
        bytes.add(written);
    }
}
