package dev.gatehouse.proxy.git;

import dev.gatehouse.core.git.GitEndpoint;
import dev.gatehouse.core.git.PushCapabilities;
import dev.gatehouse.proxy.exchange.AttributeName;

/** What is known of a Git request, for later filters and for whoever has to answer it in Git's own words. */
public final class GitExchange {
    /** Set where the request is Git. */
    public static final AttributeName<GitEndpoint> ENDPOINT = new AttributeName<>("git endpoint", GitEndpoint.class);

    /** Set once a push has said how it wants to hear of its outcome. */
    public static final AttributeName<PushCapabilities> PUSH_CAPABILITIES =
            new AttributeName<>("push capabilities", PushCapabilities.class);

    /** Set once the head of a push was read whole. */
    public static final AttributeName<PushRefusals> PUSH_REFUSALS =
            new AttributeName<>("push refusals", PushRefusals.class);

    private GitExchange() {}
}
