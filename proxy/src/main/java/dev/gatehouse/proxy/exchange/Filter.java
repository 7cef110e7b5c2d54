package dev.gatehouse.proxy.exchange;

/**
 * One step of what is done with a request before it is forwarded. One instance serves all exchanges of a listener, on several event loops at once:
 * it keeps its state in the exchange's attributes, or in inspectors. It must not block; where it waits, it says for what by
 * {@link Exchange#awaiting}.
 */
@FunctionalInterface
public interface Filter {
    /**
     * Does its part, then calls {@link Next#proceed()} once, at once or later, on the exchange's event loop; or ends the exchange by
     * {@link Exchange#answer}, {@link Exchange#refuse} or {@link Exchange#forward}. What it throws becomes a refusal: a {@code FailureException}
     * its own, anything else {@code TrafficCause.INTERNAL}.
     */
    void onRequest(Exchange exchange, Next next);

    /** The rest of the chain. */
    @FunctionalInterface
    interface Next {
        /** Goes on. On the exchange's event loop; does nothing where the exchange has ended meanwhile. */
        void proceed();
    }
}
