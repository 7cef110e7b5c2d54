package dev.gatehouse.proxy.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaders;

/** The client's side of one exchange: an HTTP/1.1 connection at its current request, or one HTTP/2 stream. On the event loop. */
public interface DownstreamLeg {
    /** How the end of an answer's body is told. */
    enum Framing {
        /** There is none: HEAD, 204, 304. */
        NONE,
        /** {@code Content-Length} is among the headers. */
        LENGTH,
        /** Its length is not known. */
        STREAM
    }

    /** Where buffers come from. */
    ByteBufAllocator allocator();

    /** Whether chunks of the request's body are wanted now. Not before the first call with true. */
    void demandBody(boolean wanted);

    /**
     * What is left of the request's body is of no interest: read on in bounds and throw it away.
     *
     * @param callerKnown whether it is known who sends it; see {@link Discard}
     */
    void discardBody(boolean callerKnown);

    /** Sends {@code 100 Continue}. */
    void sendContinue();

    /** Sends the head. Once. */
    void sendHead(int status, HttpHeaders headers, Framing framing);

    /** Sends bytes of the body, and gives them away. */
    void sendBody(ByteBuf bytes);

    /** The answer is complete. The exchange is over; nothing else is called afterwards. */
    void sendEnd();

    /** Ends it so that the client can tell that the answer is not complete. Nothing else is called afterwards. */
    void breakOff();

    /** Sends what was written so far. */
    void flush();

    /** Whether more should be written now. */
    boolean writable();

    /** Changes when the client's side has taken something: to tell a slow client from a stopped one. */
    long progressMark();
}
