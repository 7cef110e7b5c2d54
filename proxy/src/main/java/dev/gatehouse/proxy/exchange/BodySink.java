package dev.gatehouse.proxy.exchange;

import io.netty.buffer.ByteBuf;

/** Where a body goes. On the exchange's event loop. After the exchange has ended, calls only release what they are given. */
public interface BodySink {
    /** Passes {@code bytes} on, and gives them away. */
    void pass(ByteBuf bytes);

    /** The body is complete. Once, last. */
    void end();

    /** No more chunks, please, until {@link #resume()}: the inspector waits for something. A few that were read already may still come. */
    void pause();

    /** Undoes {@link #pause()}. */
    void resume();
}
