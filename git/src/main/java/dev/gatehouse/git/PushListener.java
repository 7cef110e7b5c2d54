package dev.gatehouse.git;

/** Hears of pushes after their client has: webhooks, maintenance. Called on the push's thread; must return soon and not throw. */
@FunctionalInterface
public interface PushListener {
    /** Nobody listens. */
    PushListener NONE = (repositoryId, context, report) -> {};

    /** At least one ref of the repository moved. */
    void pushed(String repositoryId, PushContext context, PushReport report);
}
