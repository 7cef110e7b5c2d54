package dev.gatehouse.proxy.filter;

import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.exchange.Filter;

/** At the sidecar in front of an application that is not Git: whether its callers may call it at all. */
final class ServicePolicyFilter implements Filter {
    private final String service;

    ServicePolicyFilter(String service) {
        this.service = service;
    }

    @Override
    public void onRequest(Exchange exchange, Next next) {
        if (Clearance.obtain(exchange, Questions.ofService(Callers.principal(exchange), service))) {
            next.proceed();
        }
    }
}
