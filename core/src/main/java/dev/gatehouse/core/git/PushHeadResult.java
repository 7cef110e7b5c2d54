package dev.gatehouse.core.git;

import dev.gatehouse.core.cause.Failure;

/** How far the head of a push is. */
public sealed interface PushHeadResult {
    /** All that was fed is used up, and the head goes on. */
    record More() implements PushHeadResult {}

    /**
     * The head is complete. What is left of the chunk belongs to the pack.
     *
     * @param head what it says
     */
    record Complete(PushHead head) implements PushHeadResult {}

    /** No command at all: the {@code 0000} that git sends to try the connection before a large push, or an empty push. Nothing may follow. */
    record Probe() implements PushHeadResult {}

    /**
     * The push cannot be taken.
     *
     * @param failure why
     * @param capabilities what the client had chosen by then; {@link PushHeadParser#phase()} says how it can be told
     */
    record Refused(Failure failure, PushCapabilities capabilities) implements PushHeadResult {}
}
