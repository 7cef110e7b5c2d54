package dev.gatehouse.core.policy;

/**
 * A {@code T} that was authorised. Its constructor is closed to all but the policy, so whatever takes a {@code Permitted<T>} cannot be reached
 * with something that was not authorised, or that was authorised as something else.
 */
public final class Permitted<T extends Authorisable> implements Authorised<T> {
    private final T subject;
    private final Permit permit;

    Permitted(T subject, Permit permit) {
        this.subject = subject;
        this.permit = permit;
    }

    /** What was authorised. */
    public T subject() {
        return subject;
    }

    /** The proof. */
    public Permit permit() {
        return permit;
    }
}
