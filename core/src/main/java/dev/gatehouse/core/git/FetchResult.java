package dev.gatehouse.core.git;

import dev.gatehouse.core.cause.Failure;

/** How far the check of a POST to git-upload-pack is. */
public sealed interface FetchResult {
    /** Well-formed so far: what was fed may be forwarded. */
    record More() implements FetchResult {}

    /**
     * The body has ended, or cannot go on.
     *
     * @param request what it asked
     */
    record Complete(FetchRequest request) implements FetchResult {}

    /**
     * Not to be forwarded.
     *
     * @param failure why
     */
    record Refused(Failure failure) implements FetchResult {}
}
