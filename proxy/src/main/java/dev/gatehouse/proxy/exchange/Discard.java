package dev.gatehouse.proxy.exchange;

/**
 * What is thrown away of a request that was answered before it had come whole: how much, and for how long. Git reads the answer only after it has
 * sent all of its push, so a person reads a refusal only if the push is read to its end. For a caller who is known that is done up to what a push
 * may have, as long as bytes keep coming; for anybody else within small bounds. One for each such request, on its event loop.
 */
public final class Discard {
    private final boolean callerKnown;
    private final long bytesMax;
    private final long waitNanosMax;
    private long bytes;
    private long sinceNanos;

    private Discard(boolean callerKnown, long bytesMax, long waitNanosMax, long nowNanos) {
        this.callerKnown = callerKnown;
        this.bytesMax = bytesMax;
        this.waitNanosMax = waitNanosMax;
        this.sinceNanos = nowNanos;
    }

    /** Begins it. */
    public static Discard begin(ProxyLimits limits, boolean callerKnown, long nowNanos) {
        return callerKnown
                ? new Discard(true, limits.drainKnownBytesMax(), limits.bodyIdleTimeout().toNanos(), nowNanos)
                : new Discard(false, limits.drainBytesMax(), limits.drainTimeout().toNanos(), nowNanos);
    }

    /**
     * Counts bytes that were thrown away.
     *
     * @return whether more may come
     */
    public boolean take(int count, long nowNanos) {
        bytes += count;
        if (callerKnown) {
            sinceNanos = nowNanos;
        }
        return bytes <= bytesMax;
    }

    /** The answer was sent whole: from now on the client is waited for. */
    public void answered(long nowNanos) {
        sinceNanos = nowNanos;
    }

    /** Whether the client was waited for long enough. */
    public boolean tooLong(long nowNanos) {
        return nowNanos - sinceNanos > waitNanosMax;
    }
}
