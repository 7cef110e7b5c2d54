package dev.gatehouse.proxy.answer;

import dev.gatehouse.core.git.GitEndpoint;
import dev.gatehouse.core.git.GitEndpoints;
import dev.gatehouse.core.git.GitPhase;
import dev.gatehouse.core.git.GitTarget;
import dev.gatehouse.core.http.CanonicalPath;
import dev.gatehouse.core.http.RequestTarget;
import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.exchange.RequestHead;
import dev.gatehouse.proxy.git.GitExchange;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Locale;
import java.util.Optional;

/** How a client can be told of a failure. */
sealed interface Channel {
    /** Git: by what it shows at this point. */
    record Git(GitPhase phase) implements Channel {}

    /** A program that asked for JSON. */
    record Json() implements Channel {}

    /** A person with a browser. */
    record Page() implements Channel {}

    /** Whoever else; and whoever may be Git. */
    record Text() implements Channel {}

    /** The channel of {@code exchange}; also where it failed before its path was looked at. */
    static Channel of(Exchange exchange) {
        RequestHead head = exchange.head();
        Optional<GitEndpoint> endpoint =
                exchange.attribute(GitExchange.ENDPOINT).or(() -> endpoint(head));
        if (endpoint.isPresent()) {
            return ofGit(exchange, endpoint.get());
        }
        if (resemblesGit(head)) {
            return new Text();
        }
        String accept =
                String.join(",", head.headers().getAll(HttpHeaderNames.ACCEPT)).toLowerCase(Locale.ROOT);
        if (accept.contains("text/html")) {
            return new Page();
        }
        return accept.contains("application/json") ? new Json() : new Text();
    }

    private static Channel ofGit(Exchange exchange, GitEndpoint endpoint) {
        boolean spokenByGit = endpoint instanceof GitEndpoint.Rpc rpc
                && rpc.service().requestType().equals(exchange.head().headers().get(HttpHeaderNames.CONTENT_TYPE));
        if (!spokenByGit) {
            return new Git(new GitPhase.Discovery());
        }
        return switch (endpoint.service()) {
            case UPLOAD_PACK -> new Git(new GitPhase.Fetch());
            case RECEIVE_PACK -> new Git(exchange.attribute(GitExchange.PUSH).orElseGet(GitPhase.PushUnread::new));
        };
    }

    private static Optional<GitEndpoint> endpoint(RequestHead head) {
        return CanonicalPath.parse(head.target()) instanceof RequestTarget.Canonical canonical
                        && GitEndpoints.parse(head.method(), canonical.path(), canonical.query())
                                instanceof GitTarget.Git(GitEndpoint endpoint)
                ? Optional.of(endpoint)
                : Optional.empty();
    }

    /** A request that is refused for its form may be Git's all the same, and Git must never get a page. */
    private static boolean resemblesGit(RequestHead head) {
        String target = head.target().toLowerCase(Locale.ROOT);
        String agent = head.headers().get(HttpHeaderNames.USER_AGENT, "").toLowerCase(Locale.ROOT);
        String type = head.headers().get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        return agent.startsWith("git/")
                || type.startsWith("application/x-git-")
                || target.contains("git-upload-pack")
                || target.contains("git-receive-pack")
                || target.contains(".git/");
    }
}
