package dev.gatehouse.proxy.filter;

import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.exchange.Filter;

/** Last in every chain: sends on what was cleared. */
final class ForwardFilter implements Filter {
    @Override
    public void onRequest(Exchange exchange, Next next) {
        exchange.forward(Clearance.of(exchange));
    }
}
