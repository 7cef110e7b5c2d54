package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.cause.Failure;
import io.netty.buffer.ByteBuf;

/** What becomes of a request upstream. On the event loop. After {@link #onUpstreamFailed} or {@link #onResponseEnd}, nothing more. */
public interface UpstreamEvents {
    /** A connection is at hand. */
    void onConnected(UpstreamStream stream);

    /**
     * The answer's head came.
     *
     * @param framing of its body
     */
    void onResponseHead(ResponseHead head, DownstreamLeg.Framing framing);

    /** Bytes of the answer; the callee owns them. */
    void onResponseBody(ByteBuf bytes);

    /** The answer is complete; the stream may be another exchange's from now on. */
    void onResponseEnd();

    /** A batch of reads is over: a good moment to flush. */
    void onUpstreamPause();

    /** {@link UpstreamStream#writable()} changed. */
    void onUpstreamWritability();

    /**
     * No connection could be made, or it broke.
     *
     * @param stale whether a reused connection was closed before anything came back: nothing was answered, maybe nothing was read
     */
    void onUpstreamFailed(Failure failure, boolean stale);
}
