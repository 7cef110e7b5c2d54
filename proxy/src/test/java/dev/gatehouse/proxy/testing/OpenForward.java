package dev.gatehouse.proxy.testing;

import dev.gatehouse.core.policy.AccessRequest;
import dev.gatehouse.core.policy.Action;
import dev.gatehouse.core.policy.Permitted;
import dev.gatehouse.core.policy.Resource;
import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.exchange.ForwardRequest;
import dev.gatehouse.proxy.exchange.Upstream;
import java.util.Optional;
import java.util.function.Supplier;

/** Forwards everything as a public page, which every policy permits. */
public record OpenForward(String method, String target, Upstream upstream) implements ForwardRequest {
    @Override
    public AccessRequest accessRequest() {
        return new AccessRequest(Optional.empty(), Action.READ, new Resource.PublicPage("/"));
    }

    /** A chain's last filter, to wherever {@code upstream} says at the time. */
    public static Filter to(Supplier<Upstream> upstream) {
        return (exchange, next) -> forward(exchange, upstream.get());
    }

    public static void forward(Exchange exchange, Upstream upstream) {
        OpenForward request =
                new OpenForward(exchange.head().method(), exchange.head().target(), upstream);
        if (exchange.snapshot().policy().authorise(request) instanceof Permitted<OpenForward> permitted) {
            exchange.forward(permitted);
        } else {
            throw new AssertionError("a public page must be permitted");
        }
    }
}
