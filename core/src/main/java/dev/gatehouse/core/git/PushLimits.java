package dev.gatehouse.core.git;

/**
 * How much a push may say before its pack.
 *
 * @param refsMax commands in one push ({@code limits.push-refs})
 * @param shallowMax shallow lines
 * @param optionsMax push options
 * @param headBytesMax all of the head
 */
public record PushLimits(int refsMax, int shallowMax, int optionsMax, long headBytesMax) {
    /** Room for 10,000 refs with names of ordinary length. */
    public static final PushLimits DEFAULT = new PushLimits(10_000, 10_000, 100, 4L << 20);
}
