package dev.gatehouse.proxy.filter;

import dev.gatehouse.core.handover.Handover;
import dev.gatehouse.core.handover.HandoverCodec;
import dev.gatehouse.core.http.HeaderNames;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.policy.Permit;
import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.exchange.Filter;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/** At the sidecar in front of our own forge: tells it who the request is for, through whom it came, and what permitted it. */
final class HandoverFilter implements Filter {
    private final SpiffeId self;

    HandoverFilter(SpiffeId self) {
        this.self = self;
    }

    @Override
    public void onRequest(Exchange exchange, Next next) {
        HttpHeaders headers = exchange.head().headers();
        Permit permit = Clearance.of(exchange).permit();
        List<SpiffeId> path = new ArrayList<>();
        exchange.facts().peer().ifPresent(path::add);
        path.add(self);
        headers.set(
                HeaderNames.HANDOVER,
                HandoverCodec.encode(new Handover(
                        exchange.facts().caller(),
                        path,
                        ClientAddress.read(headers, exchange.downstream().address()),
                        permit.rule(),
                        permit.version())));
        next.proceed();
    }
}
