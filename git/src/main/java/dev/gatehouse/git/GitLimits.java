package dev.gatehouse.git;

import dev.gatehouse.core.git.PushLimits;
import java.time.Duration;

/**
 * The bounds of the Git host. Each has a cause that names it when it is hit.
 *
 * @param pushBytes the longest body of one push
 * @param push how much a push may say before its pack
 * @param pushObjects the most objects in one pack: the parser keeps a record of each in memory
 * @param objectBytes the largest single object, inflated
 * @param refPrefixes the most prefixes of one {@code ls-refs} request
 * @param unindexedPacks packs made at once without the help of a bitmap
 * @param unindexedQueue fetches that may wait for such a place
 * @param unindexedWait how long one waits
 * @param writerWait how long a push waits for the repository's writer lock
 * @param openRepositories repositories kept open though nobody uses them
 * @param pulse how long a side-band may stay silent
 * @param drainBytes how much of a refused push is read and dropped, so that the client reads the answer
 */
public record GitLimits(
        long pushBytes,
        PushLimits push,
        int pushObjects,
        long objectBytes,
        int refPrefixes,
        int unindexedPacks,
        int unindexedQueue,
        Duration unindexedWait,
        Duration writerWait,
        int openRepositories,
        Duration pulse,
        long drainBytes) {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    public GitLimits {
        if (pushBytes <= 0 || pushObjects <= 0 || objectBytes <= 0 || refPrefixes <= 0) {
            throw new IllegalArgumentException("a limit of a push or request must be positive");
        }
        if (unindexedPacks <= 0
                || unindexedQueue < 0
                || openRepositories <= 0
                || pulse.isNegative()
                || pulse.isZero()) {
            throw new IllegalArgumentException("a limit of the host must be positive");
        }
    }

    /** What fits a small server: pushes up to 16 GiB, two packs without bitmaps at once. */
    public static GitLimits defaults() {
        return new GitLimits(
                16 * GIB,
                PushLimits.DEFAULT,
                20_000_000,
                4 * GIB,
                65_536,
                2,
                64,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                256,
                Duration.ofSeconds(5),
                256 * MIB);
    }
}
