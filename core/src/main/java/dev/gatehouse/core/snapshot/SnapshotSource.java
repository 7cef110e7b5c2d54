package dev.gatehouse.core.snapshot;

/** Where a part gets its snapshot from. Safe for all threads. */
public interface SnapshotSource {
    /** The newest one. Cheap: a volatile read. */
    Snapshot current();

    /** Calls {@code listener} after each change, on a thread of the source's; it must return soon. Closing the result ends it. */
    AutoCloseable onChange(Runnable listener);
}
