package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.policy.Permitted;
import dev.gatehouse.core.snapshot.Snapshot;
import dev.gatehouse.core.trace.TraceContext;
import io.netty.util.concurrent.EventExecutor;
import java.util.Optional;

/**
 * One request and its answer. It lives on one event loop: every method is called on {@link #eventLoop()}, except {@link #cancel} and
 * {@link #eventLoop()} themselves, which any thread may call.
 *
 * <p>It ends exactly once: answered here, forwarded and answered from upstream, or broken off. What is called after that does nothing.
 */
public interface Exchange {
    /** Where this hop stands in the trace. */
    TraceContext trace();

    /** Who sent the request, as the connection shows it. */
    Downstream downstream();

    /** The request's head; its headers may be changed until the request is forwarded. */
    RequestHead head();

    /** The snapshot of the moment the request came. */
    Snapshot snapshot();

    /** What is known so far; the {@code RequestRecord} is made from it, and the registry finds the exchange by it. */
    ExchangeFacts facts();

    /** The only thread that may touch this exchange. */
    EventExecutor eventLoop();

    /** What a filter left here for a later one. */
    <T> Optional<T> attribute(AttributeName<T> name);

    /** Leaves something for a later filter. */
    <T> void attribute(AttributeName<T> name, T value);

    /**
     * Looks at, and may change, the request's body. Reading begins at once (a client that waits for {@code 100 Continue} gets it); what the
     * inspector passes on waits, bounded by back-pressure, until {@link #forward} is called. At most one inspector; before {@link #forward}.
     * An inspector that changes the length removes {@code Content-Length} (and {@code Content-Encoding}) from {@link #head()} first.
     */
    void inspectRequest(BodyInspector inspector);

    /** Looks at, and may change, the answer from upstream. At most one inspector; before {@link #forward}. */
    void inspectResponse(ResponseInspector inspector);

    /**
     * Sends the request on. Upstream hears nothing before the first byte of the body, or its end, was released by the body inspector. Method and
     * target that are sent are the permitted ones; everything else comes from {@link #head()}. The permit is added to the facts' decisions unless
     * it is there already.
     */
    void forward(Permitted<? extends ForwardRequest> request);

    /** Answers here. Before anything was sent downstream; otherwise the exchange is broken off. What is left of the request is drained in bounds. */
    void answer(Answer answer);

    /** Records {@code failure}, has it rendered, and answers with that; after the head was sent, ends the stream abnormally instead. */
    void refuse(Failure failure);

    /** {@link #refuse}, from any thread. Whether it was in time can be seen in the record only. */
    void cancel(Failure failure);

    /**
     * The filter whose turn it is waits for somebody, and goes on later. Should that take too long ({@code ProxyLimits.filterTimeout}), the
     * exchange is refused with {@code ifTooLate}; a filter that says nothing is a fault of ours.
     */
    void awaiting(Failure ifTooLate);

    /** Whether the exchange has ended. */
    boolean ended();
}
