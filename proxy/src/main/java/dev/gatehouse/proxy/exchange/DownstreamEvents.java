package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.cause.Failure;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** What a listener tells the exchange it has begun. On the event loop. */
public interface DownstreamEvents {
    /** Runs the filters; or refuses at once, where the listener found {@code problem}. Once, first. */
    void start(Optional<Failure> problem);

    /** Bytes of the request's body; the callee owns them. Only while they are demanded, or shortly after. */
    void onRequestBody(ByteBuf bytes);

    /** The request's body is complete. Not called where the head said there is none. */
    void onRequestEnd();

    /** The request's body cannot be read on. */
    void onRequestBroken(Failure failure);

    /** A batch of reads is over: a good moment to flush. */
    void onDownstreamPause();

    /** {@link DownstreamLeg#writable()} changed. */
    void onDownstreamWritability();

    /** The client's side is gone: nothing can be sent any more. */
    void onClientGone();
}
