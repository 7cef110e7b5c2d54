package dev.gatehouse.proxy.git;

import dev.gatehouse.core.git.GitEndpoint;
import dev.gatehouse.core.git.GitPhase;
import dev.gatehouse.proxy.exchange.AttributeName;

/** What is known of a Git request, for later filters and for whoever has to answer it in Git's own words. */
public final class GitExchange {
    /** Set where the request is Git. */
    public static final AttributeName<GitEndpoint> ENDPOINT = new AttributeName<>("git endpoint", GitEndpoint.class);

    /** Set once a push has said how it wants to hear of its outcome, and of which refs. */
    public static final AttributeName<GitPhase> PUSH = new AttributeName<>("push", GitPhase.class);

    /** Set where a push is refused ref by ref. */
    public static final AttributeName<PushRefusals> PUSH_REFUSALS =
            new AttributeName<>("push refusals", PushRefusals.class);

    private GitExchange() {}
}
