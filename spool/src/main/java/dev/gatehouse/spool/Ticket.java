package dev.gatehouse.spool;

import dev.gatehouse.core.audit.AuditRecord;
import dev.gatehouse.core.audit.OutcomeRecord;
import dev.gatehouse.core.cause.Failure;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * What somebody waits for. Made by the waiting thread, settled once by the writer; the volatile {@code settled} publishes the other fields.
 */
final class Ticket {
    private final Thread waiter = Thread.currentThread();
    private final Optional<AuditRecord> record;
    private long sequence;
    private Optional<Failure> failure = Optional.empty();
    private volatile boolean settled;

    /** @param record empty where only what was recorded before is waited for */
    Ticket(Optional<AuditRecord> record) {
        this.record = record;
    }

    Optional<AuditRecord> record() {
        return record;
    }

    /** Whether it stays true though it could not be written in time, so that it must be written later. */
    boolean outlivesFailure() {
        return record.isPresent() && record.get() instanceof OutcomeRecord;
    }

    void succeed(long number) {
        sequence = number;
        settled = true;
        LockSupport.unpark(waiter);
    }

    void fail(Failure why) {
        if (!settled) {
            failure = Optional.of(why);
            settled = true;
            LockSupport.unpark(waiter);
        }
    }

    /**
     * Waits until it is settled. An interrupt does not end it, because then nobody would know whether the record counts; the flag is kept.
     *
     * @return the record's number
     * @throws dev.gatehouse.core.cause.FailureException where it could not be written
     */
    long await() {
        boolean interrupted = false;
        while (!settled) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            waiter.interrupt();
        }
        if (failure.isPresent()) {
            throw failure.get().asException();
        }
        return sequence;
    }
}
