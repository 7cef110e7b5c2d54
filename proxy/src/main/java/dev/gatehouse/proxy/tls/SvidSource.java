package dev.gatehouse.proxy.tls;

/** Where a node gets its own identity from. Safe for all threads. */
public interface SvidSource {
    /** The newest one. Cheap: a volatile read. */
    Svid current();

    /** Calls {@code listener} after each change, on a thread of the source's; it must return soon. Closing the result ends it. */
    AutoCloseable onChange(Runnable listener);
}
