package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.cause.RequestCause;
import java.util.List;

/** Leads one exchange through the filters. Each gets its own way on, good for one call. */
final class FilterChain implements Filter.Next {
    private final ExchangeCore exchange;
    private final List<Filter> filters;
    private final int index;
    private boolean used;

    private FilterChain(ExchangeCore exchange, List<Filter> filters, int index) {
        this.exchange = exchange;
        this.filters = filters;
        this.index = index;
    }

    /** Runs the filter at {@code index}; where there is none left and nobody has answered, there is nothing to be found. */
    static void run(ExchangeCore exchange, List<Filter> filters, int index) {
        if (exchange.ended()) {
            return;
        }
        if (index == filters.size()) {
            exchange.refuse(RequestCause.NOT_FOUND.with("path", exchange.facts().shownPath()));
            return;
        }
        exchange.nextFilter();
        exchange.guarded(() -> filters.get(index).onRequest(exchange, new FilterChain(exchange, filters, index + 1)));
    }

    @Override
    public void proceed() {
        if (used) {
            throw new IllegalStateException("a filter proceeded twice");
        }
        used = true;
        run(exchange, filters, index);
    }
}
