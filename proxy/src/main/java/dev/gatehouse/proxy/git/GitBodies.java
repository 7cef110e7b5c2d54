package dev.gatehouse.proxy.git;

import dev.gatehouse.core.cause.RequestCause;
import dev.gatehouse.core.git.FetchRequestParser;
import dev.gatehouse.core.git.GitEndpoint;
import dev.gatehouse.core.git.GitProtocolVersion;
import dev.gatehouse.core.git.PushHeadParser;
import dev.gatehouse.proxy.exchange.BodyInspector;
import dev.gatehouse.proxy.exchange.Exchange;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts inspectors on the bodies of a Git POST. One instance serves all exchanges. */
public final class GitBodies {
    private static final String GIT_PROTOCOL = "git-protocol";

    private final GitBodyLimits limits;
    private final ByteBufAllocator allocator;

    /** @param allocator where inflated bodies get their buffers */
    public GitBodies(GitBodyLimits limits, ByteBufAllocator allocator) {
        this.limits = limits;
        this.allocator = allocator;
    }

    /** Lets the answer end with the cause, should it break off. */
    public void followAnswer(Exchange exchange, GitEndpoint.Rpc rpc) {
        exchange.inspectResponse(
                new LastWords(exchange.trace().traceId(), rpc.service().resultType()));
    }

    /** Checks a fetch request as it passes; where it does not hold, the exchange is refused. */
    public void inspectFetch(Exchange exchange) {
        GitProtocolVersion version = GitProtocolVersion.of(
                Optional.ofNullable(exchange.head().headers().get(GIT_PROTOCOL)));
        FetchRequestParser parser = new FetchRequestParser(limits.fetch(), version, Optional.empty());
        inspect(exchange, new FetchGate(parser, exchange::refuse));
    }

    /** Holds the head of a push until {@code judge} has said whether it may pass. */
    public void holdPush(Exchange exchange, PushJudge judge) {
        inspect(exchange, new PushGate(new PushHeadParser(limits.push(), Optional.empty()), judge));
    }

    /** What is sent on is what was inspected: the inflated bytes, whose length is not known beforehand. */
    private void inspect(Exchange exchange, BodyInspector inspector) {
        HttpHeaders headers = exchange.head().headers();
        List<String> encodings = headers.getAll(HttpHeaderNames.CONTENT_ENCODING);
        String encoding = String.join(", ", encodings).toLowerCase(Locale.ROOT);
        switch (encoding) {
            case "", "identity" -> exchange.inspectRequest(inspector);
            case "gzip", "x-gzip" -> {
                headers.remove(HttpHeaderNames.CONTENT_ENCODING);
                headers.remove(HttpHeaderNames.CONTENT_LENGTH);
                exchange.inspectRequest(new InflatedBody(limits.inflate(), allocator, inspector, exchange::refuse));
            }
            default ->
                throw RequestCause.UNSUPPORTED_ENCODING
                        .with("encoding", encoding)
                        .asException();
        }
    }
}
