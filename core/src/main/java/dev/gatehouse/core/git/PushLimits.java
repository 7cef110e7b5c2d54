package dev.gatehouse.core.git;

/**
 * How much a push may say before its pack.
 *
 * @param refsMax commands in one push ({@code limits.push-refs})
 * @param shallowMax shallow lines ({@code limits.push-shallow})
 * @param optionsMax push options ({@code limits.push-options})
 * @param headBytesMax all of the head ({@code limits.push-head-bytes})
 */
public record PushLimits(int refsMax, int shallowMax, int optionsMax, long headBytesMax) {
    /** Room for the first push of a large project with every ref it has. */
    public static final PushLimits DEFAULT = new PushLimits(20_000, 10_000, 100, 8L << 20);
}
