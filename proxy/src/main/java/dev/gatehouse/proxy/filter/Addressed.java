package dev.gatehouse.proxy.filter;

import dev.gatehouse.core.git.GitEndpoint;
import dev.gatehouse.core.http.CanonicalPath;
import dev.gatehouse.proxy.exchange.AttributeName;
import java.util.Optional;

/**
 * What a request is about, once its path was found canonical.
 *
 * @param method the HTTP method
 * @param path the canonical path
 * @param query without the {@code ?}; empty where there was none
 * @param git the Git endpoint; empty where it is not Git
 */
record Addressed(String method, CanonicalPath path, Optional<String> query, Optional<GitEndpoint> git) {
    /** Left by {@link CanonicalRequestFilter}. */
    static final AttributeName<Addressed> ATTRIBUTE = new AttributeName<>("addressed", Addressed.class);

    /** What is sent on: the form that was decided on, whatever came. */
    String target() {
        return git.map(GitEndpoint::target)
                .orElseGet(() -> query.map(q -> path.value() + "?" + q).orElse(path.value()));
    }

    /** Whether the request can change nothing (RFC 9110, section 9.2.1), Git's POST aside. */
    boolean safe() {
        return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    }
}
