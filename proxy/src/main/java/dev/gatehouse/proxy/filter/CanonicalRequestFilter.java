package dev.gatehouse.proxy.filter;

import dev.gatehouse.core.git.GitEndpoint;
import dev.gatehouse.core.git.GitEndpoints;
import dev.gatehouse.core.git.GitTarget;
import dev.gatehouse.core.http.CanonicalPath;
import dev.gatehouse.core.http.HeaderNames;
import dev.gatehouse.core.http.RequestTarget;
import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.exchange.RequestHead;
import dev.gatehouse.proxy.git.GitExchange;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * First in every chain: refuses what two servers could read in two ways, tells Git from the rest, and removes every header that claims an
 * identity, but those that a verified proxy in front may send.
 */
final class CanonicalRequestFilter implements Filter {
    private final Set<String> believed;

    private CanonicalRequestFilter(Set<String> believed) {
        this.believed = believed;
    }

    /** For the edge: nobody in front is believed. */
    static CanonicalRequestFilter atEdge() {
        return new CanonicalRequestFilter(Set.of());
    }

    /** For a sidecar, whose peers are our own proxies. */
    static CanonicalRequestFilter behindIngress() {
        return new CanonicalRequestFilter(
                Set.of(HeaderNames.ASSERTION, ClientAddress.FOR, ClientAddress.PROTO, ClientAddress.HOST));
    }

    @Override
    public void onRequest(Exchange exchange, Next next) {
        RequestHead head = exchange.head();
        removeClaims(head.headers());
        switch (CanonicalPath.parse(head.target())) {
            case RequestTarget.NotCanonical refused -> exchange.refuse(refused.failure());
            case RequestTarget.Canonical canonical -> {
                exchange.facts().path(canonical.path().value());
                address(exchange, next, canonical.path(), canonical.query());
            }
        }
    }

    private static void address(Exchange exchange, Next next, CanonicalPath path, Optional<String> query) {
        String method = exchange.head().method();
        switch (GitEndpoints.parse(method, path, query)) {
            case GitTarget.Refused refused -> exchange.refuse(refused.failure());
            case GitTarget.NotGit none -> {
                exchange.facts().operation(path.value().startsWith("/api/") ? "api" : "page");
                exchange.attribute(Addressed.ATTRIBUTE, new Addressed(method, path, query, Optional.empty()));
                next.proceed();
            }
            case GitTarget.Git(GitEndpoint endpoint) -> {
                exchange.facts().operation(endpoint.operation());
                exchange.facts().repository(endpoint.repository());
                exchange.attribute(GitExchange.ENDPOINT, endpoint);
                exchange.attribute(Addressed.ATTRIBUTE, new Addressed(method, path, query, Optional.of(endpoint)));
                next.proceed();
            }
        }
    }

    /** Most requests have nothing to remove, so nothing is copied before something is found. */
    private void removeClaims(HttpHeaders headers) {
        Set<String> claims = Set.of();
        for (Iterator<Map.Entry<CharSequence, CharSequence>> lines = headers.iteratorCharSequence();
                lines.hasNext(); ) {
            String name = lines.next().getKey().toString();
            if (HeaderNames.claimsIdentity(name) && !believed.contains(name.toLowerCase(Locale.ROOT))) {
                claims = claims.isEmpty() ? new HashSet<>() : claims;
                claims.add(name);
            }
        }
        claims.forEach(headers::remove);
    }
}
