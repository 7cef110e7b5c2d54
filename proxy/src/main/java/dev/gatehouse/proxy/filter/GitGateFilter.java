package dev.gatehouse.proxy.filter;

import dev.gatehouse.core.cause.RequestCause;
import dev.gatehouse.core.git.GitEndpoint;
import dev.gatehouse.core.policy.AccessRequest;
import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.git.GitBodies;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.List;

/**
 * At the sidecar in front of a Git host: decides on repositories, on the refs that a push names before a byte of it is forwarded, and on pages.
 * Each request is decided on by itself: what a discovery was permitted covers no POST.
 */
final class GitGateFilter implements Filter {
    private final GitBodies bodies;

    GitGateFilter(GitBodies bodies) {
        this.bodies = bodies;
    }

    @Override
    public void onRequest(Exchange exchange, Next next) {
        Addressed addressed = Attributes.required(exchange, Addressed.ATTRIBUTE);
        if (addressed.git().isEmpty()) {
            clear(exchange, next, Questions.ofPage(Callers.principal(exchange), addressed));
            return;
        }
        switch (addressed.git().get()) {
            case GitEndpoint.Discovery discovery ->
                clear(exchange, next, Questions.ofGit(Callers.principal(exchange), discovery));
            case GitEndpoint.Rpc rpc -> rpc(exchange, next, rpc);
        }
    }

    private static void clear(Exchange exchange, Next next, List<AccessRequest> anyOf) {
        if (Clearance.obtain(exchange, anyOf)) {
            next.proceed();
        }
    }

    private void rpc(Exchange exchange, Next next, GitEndpoint.Rpc rpc) {
        checkContentType(exchange, rpc);
        bodies.followAnswer(exchange, rpc);
        switch (rpc.service()) {
            case UPLOAD_PACK -> {
                if (Clearance.obtain(exchange, Questions.ofGit(Callers.principal(exchange), rpc))) {
                    bodies.inspectFetch(exchange);
                    next.proceed();
                }
            }
            case RECEIVE_PACK -> bodies.holdPush(exchange, new PushDecider(exchange, next, rpc));
        }
    }

    private static void checkContentType(Exchange exchange, GitEndpoint.Rpc rpc) {
        String expected = rpc.service().requestType();
        List<String> actual = exchange.head().headers().getAll(HttpHeaderNames.CONTENT_TYPE);
        if (!actual.equals(List.of(expected))) {
            throw RequestCause.CONTENT_TYPE_WRONG
                    .with("path", rpc.target(), "expected", expected, "actual", String.join(", ", actual))
                    .asException();
        }
    }
}
