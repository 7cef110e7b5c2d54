package dev.gatehouse.core.cause;

/**
 * One entry of the catalogue of refusals and failures. Each area has an enum of its own; codes are stable for ever, and none is given twice
 * (a test holds both).
 */
public sealed interface Cause
        permits AuditCause,
                IdentityCause,
                PolicyCause,
                RepositoryCause,
                RequestCause,
                StartCause,
                TrafficCause,
                WireCause {
    /**
     * What is the same each time this cause occurs.
     *
     * @param code stable, {@code GATE-nnnn}
     * @param severity who has to act
     * @param httpStatus the status where the answer is plain HTTP
     * @param proxyErrorType the type in {@code Proxy-Status}
     * @param message one line, with {@code {fact}} placeholders
     * @param remedy what to do next, likewise
     */
    record Definition(
            String code,
            Severity severity,
            int httpStatus,
            ProxyErrorType proxyErrorType,
            String message,
            String remedy) {}

    /** What is the same each time. */
    Definition definition();

    /** The stable code, such as {@code GATE-2001}. */
    default String code() {
        return definition().code();
    }

    /** This cause with the facts of one case: {@code name, value, name, value, ...}. Values are cleaned for terminals. */
    default Failure with(String... namesAndValues) {
        return Failure.of(this, namesAndValues);
    }
}
