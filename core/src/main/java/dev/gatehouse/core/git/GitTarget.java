package dev.gatehouse.core.git;

import dev.gatehouse.core.cause.Failure;

/** What a request's method, path and query mean to Git. */
public sealed interface GitTarget {
    /**
     * A Git request.
     *
     * @param endpoint which
     */
    record Git(GitEndpoint endpoint) implements GitTarget {}

    /** A page, the API, or one of the product's own paths: nothing that a Git server would take for Git. */
    record NotGit() implements GitTarget {}

    /**
     * Git, or something that a lenient Git server could take for Git, that is not served.
     *
     * @param failure why
     */
    record Refused(Failure failure) implements GitTarget {}
}
