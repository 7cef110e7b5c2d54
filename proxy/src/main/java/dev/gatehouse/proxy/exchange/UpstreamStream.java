package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.audit.RequestRecord;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;

/** One request on its way upstream. On the event loop. */
public interface UpstreamStream {
    /** The other end, for the record. */
    RequestRecord.Peer peer();

    /** Whether its connection carried a request before: it may have been closed unnoticed. */
    boolean reused();

    /**
     * Sends the head.
     *
     * @param framing of the body that follows
     */
    void sendHead(String method, String target, HttpHeaders headers, DownstreamLeg.Framing framing);

    /** Sends bytes of the body, and gives them away. */
    void sendBody(ByteBuf bytes);

    /** The request is complete. */
    void sendEnd();

    /** Sends what was written so far. */
    void flush();

    /** Whether more should be written now. */
    boolean writable();

    /** Whether chunks of the answer are wanted now; at first they are. */
    void demandBody(boolean wanted);

    /** Lets go before the answer is complete: the connection is closed. No events afterwards. */
    void cancel();
}
