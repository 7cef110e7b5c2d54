package dev.gatehouse.proxy.filter;

import dev.gatehouse.core.http.HeaderNames;
import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.exchange.Upstream;
import dev.gatehouse.proxy.identity.AssertionSigner;
import io.netty.handler.codec.http.HttpHeaders;

/** At the edge: tells the sidecar who the request is for, and where it came from. */
final class AssertFilter implements Filter {
    private final AssertionSigner signer;

    AssertFilter(AssertionSigner signer) {
        this.signer = signer;
    }

    @Override
    public void onRequest(Exchange exchange, Next next) {
        HttpHeaders headers = exchange.head().headers();
        ClientAddress.write(
                headers, exchange.downstream().address(), exchange.head().authority());
        if (Attributes.required(exchange, Clearance.UPSTREAM) instanceof Upstream.Sidecar sidecar) {
            exchange.facts()
                    .caller()
                    .ifPresent(caller -> headers.set(
                            HeaderNames.ASSERTION,
                            signer.assertionFor(caller, sidecar.route().identity())));
        }
        next.proceed();
    }
}
