package dev.gatehouse.proxy.exchange;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.RequestCause;
import dev.gatehouse.core.cause.TrafficCause;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What takes too long in one exchange. Every silence has one side that is waited for, and a cause that names it. */
final class Deadlines {
    private Deadlines() {}

    /** The deadline that has passed; empty where none has. */
    static Optional<Failure> passed(
            ProxyLimits limits,
            RequestFlow request,
            ResponseFlow response,
            @Nullable ForwardRequest forwarded,
            @Nullable UpstreamStream stream,
            boolean headSent,
            long now) {
        if (request.expectsBytes() && over(limits.bodyIdleTimeout(), request.progressNanos(), now)) {
            return Optional.of(RequestCause.BODY_TOO_SLOW.with("seconds", seconds(limits.bodyIdleTimeout())));
        }
        if (stream == null || forwarded == null) {
            return headSent ? clientStuck(limits, response, now) : Optional.empty();
        }
        String service = forwarded.upstream().service();
        if (!response.headCame()) {
            boolean waitsForUpstream = request.allSent() || !stream.writable();
            return waitsForUpstream && over(limits.firstByteTimeout(), request.progressNanos(), now)
                    ? Optional.of(TrafficCause.UPSTREAM_FIRST_BYTE_TIMEOUT.with(
                            "service", service, "seconds", seconds(limits.firstByteTimeout())))
                    : Optional.empty();
        }
        return over(limits.idleTimeout(), response.silentSince(now), now)
                ? Optional.of(
                        TrafficCause.UPSTREAM_IDLE.with("service", service, "seconds", seconds(limits.idleTimeout())))
                : clientStuck(limits, response, now);
    }

    private static Optional<Failure> clientStuck(ProxyLimits limits, ResponseFlow response, long now) {
        return over(limits.idleTimeout(), response.stuckSince(now), now)
                ? Optional.of(TrafficCause.CLIENT_TOO_SLOW.with("seconds", seconds(limits.idleTimeout())))
                : Optional.empty();
    }

    private static boolean over(Duration limit, long sinceNanos, long nowNanos) {
        return nowNanos - sinceNanos > limit.toNanos();
    }

    private static String seconds(Duration limit) {
        long millis = limit.toMillis();
        return millis % 1000 == 0 ? Long.toString(millis / 1000) : Double.toString(millis / 1000.0);
    }
}
