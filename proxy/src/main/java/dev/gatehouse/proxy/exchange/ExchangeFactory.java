package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.audit.Role;
import dev.gatehouse.core.snapshot.SnapshotSource;
import dev.gatehouse.core.trace.TraceContext;
import java.util.List;

/**
 * Begins the exchanges of one listener.
 *
 * @param role which part of the product this hop is
 * @param filters what is done with each request, in order; the last one forwards or answers
 * @param renderer what a failure looks like here
 * @param journal gets a record of every exchange
 * @param snapshots what the node works from
 * @param limits what bounds it
 */
public record ExchangeFactory(
        Role role,
        List<Filter> filters,
        FailureRenderer renderer,
        AuditJournal journal,
        SnapshotSource snapshots,
        ProxyLimits limits) {
    public ExchangeFactory {
        filters = List.copyOf(filters);
    }

    /** An exchange for a head that came. It is registered; {@link DownstreamEvents#start} sets it going. On {@code loop}. */
    public DownstreamEvents begin(
            LoopContext loop,
            UpstreamConnector connector,
            DownstreamLeg leg,
            Downstream downstream,
            RequestHead head,
            TraceContext trace) {
        ExchangeCore exchange = new ExchangeCore(this, loop, connector, leg, downstream, head, trace);
        loop.shard().add(exchange);
        return exchange;
    }
}
