package dev.gatehouse.core.policy;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.PolicyCause;

/**
 * One complaint about a text of rules.
 *
 * @param kind whether the text can be used all the same, and if not why
 * @param file the file's name
 * @param line one-based
 * @param column one-based
 * @param message one line, without the position; may quote the text
 */
public record PolicyProblem(Kind kind, String file, int line, int column, String message) {
    /** How much a complaint weighs. */
    public enum Kind {
        /** The rules can be used; somebody should look at this. */
        WARNING,
        /** The text is not a policy. */
        INVALID,
        /** It is, and nobody could use any repository under it. */
        LOCKS_EVERYONE_OUT
    }

    /** Whether the text cannot be used. */
    public boolean fatal() {
        return kind != Kind.WARNING;
    }

    /** The same as a failure, cleaned for terminals. */
    public Failure failure() {
        PolicyCause cause =
                kind == Kind.LOCKS_EVERYONE_OUT ? PolicyCause.POLICY_LOCKS_EVERYONE_OUT : PolicyCause.POLICY_INVALID;
        return cause.with(
                "file", file, "line", Integer.toString(line), "column", Integer.toString(column), "detail", message);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + (fatal() ? "" : "warning: ") + message;
    }
}
