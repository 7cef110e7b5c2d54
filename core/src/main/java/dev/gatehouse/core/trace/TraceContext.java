package dev.gatehouse.core.trace;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Where one hop stands in a trace (W3C Trace Context).
 *
 * @param traceId of the whole request; minted at the edge
 * @param spanId of this hop
 * @param parentId the span of the hop before; empty at the edge
 * @param link the trace that an untrusted caller claimed; kept as a link only
 */
public record TraceContext(TraceId traceId, SpanId spanId, Optional<SpanId> parentId, Optional<TraceId> link) {
    /** {@code 00-<32>-<16>-<2>}. */
    private static final int TRACEPARENT_LENGTH = 55;

    private static final String VERSION = "00";
    private static final String SAMPLED = "01";

    /** A new trace, at the edge; {@code foreignTraceparent} is what an untrusted caller sent. */
    public static TraceContext mint(RandomGenerator random, Optional<String> foreignTraceparent) {
        return new TraceContext(
                new TraceId(random.nextLong(), nonZero(random)),
                new SpanId(nonZero(random)),
                Optional.empty(),
                foreignTraceparent.flatMap(TraceContext::parse).map(TraceContext::traceId));
    }

    /** The next hop's context, from what a trusted hop before it sent; empty where that is malformed. */
    public static Optional<TraceContext> continued(String traceparent, RandomGenerator random) {
        return parse(traceparent)
                .map(before -> new TraceContext(
                        before.traceId, new SpanId(nonZero(random)), Optional.of(before.spanId), Optional.empty()));
    }

    /** What to send to the next hop: {@code 00-traceId-spanId-01}. */
    public String traceparent() {
        return VERSION + "-" + traceId + "-" + spanId + "-" + SAMPLED;
    }

    private static Optional<TraceContext> parse(String text) {
        boolean known = text.length() == TRACEPARENT_LENGTH && text.startsWith(VERSION + "-");
        if (!known || text.charAt(35) != '-' || text.charAt(52) != '-' || !Hex.isLowerCase(text, 53, 55)) {
            return Optional.empty();
        }
        Optional<TraceId> trace = TraceId.parse(text.substring(3, 35));
        Optional<SpanId> span = SpanId.parse(text.substring(36, 52));
        return trace.isPresent() && span.isPresent()
                ? Optional.of(new TraceContext(trace.get(), span.get(), Optional.empty(), Optional.empty()))
                : Optional.empty();
    }

    private static long nonZero(RandomGenerator random) {
        long value;
        do {
            value = random.nextLong();
        } while (value == 0);
        return value;
    }
}
