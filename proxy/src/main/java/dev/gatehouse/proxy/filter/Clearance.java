package dev.gatehouse.proxy.filter;

import dev.gatehouse.core.policy.AccessRequest;
import dev.gatehouse.core.policy.Authorised;
import dev.gatehouse.core.policy.Permitted;
import dev.gatehouse.core.policy.Policy;
import dev.gatehouse.core.policy.Refusal;
import dev.gatehouse.proxy.exchange.AttributeName;
import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.exchange.Upstream;
import java.util.ArrayList;
import java.util.List;

/**
 * The proof that an exchange may be forwarded, left in it by whoever asked the rules, for {@link ForwardFilter}. There is no other way to make
 * one than to ask.
 */
final class Clearance {
    /** Where the request is to go. Left by {@link RouteFilter} or {@link UpstreamFilter}. */
    static final AttributeName<Upstream> UPSTREAM = new AttributeName<>("upstream", Upstream.class);

    private static final AttributeName<Clearance> ATTRIBUTE = new AttributeName<>("clearance", Clearance.class);

    private final Permitted<ClearedRequest> permitted;

    private Clearance(Permitted<ClearedRequest> permitted) {
        this.permitted = permitted;
    }

    /**
     * Asks whether the exchange may be forwarded, for any of these reasons. Where not, it is refused for the first.
     *
     * @return whether it may
     */
    static boolean obtain(Exchange exchange, List<AccessRequest> anyOf) {
        Policy policy = exchange.snapshot().policy();
        Addressed addressed = Attributes.required(exchange, Addressed.ATTRIBUTE);
        Upstream upstream = Attributes.required(exchange, UPSTREAM);
        List<Refusal> refusals = new ArrayList<>();
        for (AccessRequest question : anyOf) {
            ClearedRequest request = new ClearedRequest(addressed.method(), addressed.target(), upstream, question);
            switch (policy.authorise(request)) {
                case Permitted<ClearedRequest> permitted -> {
                    exchange.facts().decision(permitted.permit());
                    exchange.attribute(ATTRIBUTE, new Clearance(permitted));
                    return true;
                }
                case Authorised.Refused<ClearedRequest> refused -> refusals.add(refused.refusal());
            }
        }
        exchange.facts().decision(refusals.getFirst());
        exchange.refuse(refusals.getFirst().failure());
        return false;
    }

    /** The clearance that was obtained; without one, forwarding is a bug. */
    static Permitted<ClearedRequest> of(Exchange exchange) {
        return Attributes.required(exchange, ATTRIBUTE).permitted;
    }
}
