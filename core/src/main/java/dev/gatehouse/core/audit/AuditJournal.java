package dev.gatehouse.core.audit;

/**
 * A node's own journal. What it takes is kept in order, numbered, shipped to control later, and readable on the node meanwhile. Safe for all
 * threads.
 */
public interface AuditJournal {
    /**
     * Records, and returns when the record is on stable storage. Blocks: never called on an event loop.
     *
     * @return the record's number in this journal
     * @throws dev.gatehouse.core.cause.FailureException with an {@code AuditCause} where it cannot be written; the caller must then change nothing
     */
    long recordDurably(AuditRecord record);

    /** Records soon, in a batch. Never blocks; where it cannot keep up it stops {@link #accepting()} and counts what it lost. */
    void record(AuditRecord record);

    /** Whether records can be written. Where not, Git and state-changing requests are refused. Cheap: a volatile read. */
    boolean accepting();
}
