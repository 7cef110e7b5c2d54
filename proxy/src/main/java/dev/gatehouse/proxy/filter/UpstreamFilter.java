package dev.gatehouse.proxy.filter;

import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.exchange.Upstream;

/** At a sidecar: everything goes to the one application it stands in front of. */
record UpstreamFilter(Upstream upstream) implements Filter {
    @Override
    public void onRequest(Exchange exchange, Next next) {
        exchange.attribute(Clearance.UPSTREAM, upstream);
        next.proceed();
    }
}
