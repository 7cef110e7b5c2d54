package dev.gatehouse.proxy.exchange;

import io.netty.buffer.ByteBuf;

/**
 * Sees a body pass, chunk by chunk, in order. One instance for one body, on the exchange's event loop. What it holds back it holds itself, within
 * a bound of its own; what it never passes on never leaves.
 */
public interface BodyInspector {
    /** The next bytes. The inspector owns {@code chunk} now: it passes it to {@code out}, keeps it, or releases it. */
    void onChunk(ByteBuf chunk, BodySink out);

    /** The body is complete. The inspector calls {@link BodySink#end()}, now or later. */
    void onEnd(BodySink out);

    /** The exchange ended before that: release what is held. Called at most once, and never after {@link BodySink#end()}. */
    default void onAbort() {}
}
