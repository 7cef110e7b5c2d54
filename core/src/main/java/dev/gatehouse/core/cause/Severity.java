package dev.gatehouse.core.cause;

/** Who has to act on a cause. */
public enum Severity {
    /** The rules or the caller's own credential said no: nothing is broken. */
    REFUSAL,
    /** The caller sent something that cannot be served as it is. */
    CLIENT_FAULT,
    /** Something between the caller and the repository is broken: an operator has to act. */
    FAULT
}
