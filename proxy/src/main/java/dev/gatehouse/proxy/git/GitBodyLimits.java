package dev.gatehouse.proxy.git;

import dev.gatehouse.core.git.FetchLimits;
import dev.gatehouse.core.git.PushLimits;

/** How much the body of a Git request may say and grow. */
public record GitBodyLimits(FetchLimits fetch, PushLimits push, InflateLimits inflate) {
    /** What is used where nothing is configured. */
    public static final GitBodyLimits DEFAULT =
            new GitBodyLimits(FetchLimits.DEFAULT, PushLimits.DEFAULT, InflateLimits.DEFAULT);
}
