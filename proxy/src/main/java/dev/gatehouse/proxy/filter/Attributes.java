package dev.gatehouse.proxy.filter;

import dev.gatehouse.proxy.exchange.AttributeName;
import dev.gatehouse.proxy.exchange.Exchange;

/** Reads what an earlier filter of the same chain must have left. */
final class Attributes {
    private Attributes() {}

    /** @throws IllegalStateException where the chain was put together wrongly */
    static <T> T required(Exchange exchange, AttributeName<T> name) {
        return exchange.attribute(name)
                .orElseThrow(() -> new IllegalStateException("no filter in front has left: " + name));
    }
}
