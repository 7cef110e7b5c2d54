package dev.gatehouse.proxy.git;

/**
 * How far a compressed request may grow.
 *
 * @param inflatedBytesMax the whole body, inflated ({@code limits.inflated-bytes})
 * @param ratioMax inflated bytes for each compressed one
 * @param ratioFreeBytes inflated bytes before the ratio counts: short bodies may be very repetitive
 */
public record InflateLimits(long inflatedBytesMax, int ratioMax, long ratioFreeBytes) {
    /** Git compresses fetch requests only, and their hex digits by a factor of two to ten. */
    public static final InflateLimits DEFAULT = new InflateLimits(64L << 20, 100, 1L << 20);
}
