package dev.gatehouse.core.cause;

/** Carries a failure up to the one place of a process that turns failures into answers. It has no stack trace: it is an outcome, not a bug. */
public final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final Failure failure;

    FailureException(Failure failure) {
        super(failure.cause().code() + " " + failure.message(), null, false, false);
        this.failure = failure;
    }

    /** What happened. */
    public Failure failure() {
        return failure;
    }
}
