package dev.gatehouse.core.cause;

/** Between the proxies and to the application: GATE-5000 to 5999. */
public enum TrafficCause implements Cause {
    UPSTREAM_REFUSED(
            "GATE-5001",
            Severity.FAULT,
            502,
            ProxyErrorType.CONNECTION_REFUSED,
            "{service} is down: {address} refuses connections",
            "try again shortly; for the operator: start {service}"),
    UPSTREAM_CONNECT_TIMEOUT(
            "GATE-5002",
            Severity.FAULT,
            504,
            ProxyErrorType.CONNECTION_TIMEOUT,
            "{service} does not accept a connection within {seconds} s ({address})",
            "try again shortly; for the operator: check {address}"),
    UPSTREAM_FIRST_BYTE_TIMEOUT(
            "GATE-5003",
            Severity.FAULT,
            504,
            ProxyErrorType.HTTP_RESPONSE_TIMEOUT,
            "{service} gave no answer within {seconds} s",
            "try again shortly; for the operator: the limit is limits.first-byte"),
    UPSTREAM_IDLE(
            "GATE-5004",
            Severity.FAULT,
            504,
            ProxyErrorType.CONNECTION_READ_TIMEOUT,
            "{service} sent nothing for {seconds} s",
            "try again; for the operator: the limit is limits.idle"),
    UPSTREAM_CLOSED(
            "GATE-5005",
            Severity.FAULT,
            502,
            ProxyErrorType.CONNECTION_TERMINATED,
            "{service} closed the connection before it had answered",
            "try again; for the operator: see the log of {service}"),
    UPSTREAM_TRUNCATED(
            "GATE-5006",
            Severity.FAULT,
            502,
            ProxyErrorType.HTTP_RESPONSE_INCOMPLETE,
            "{service} stopped in the middle of its answer, after {bytes} bytes",
            "try again; for the operator: see the log of {service}"),
    UPSTREAM_TLS_FAILED(
            "GATE-5007",
            Severity.FAULT,
            502,
            ProxyErrorType.TLS_PROTOCOL_ERROR,
            "the mutual TLS handshake with {service} failed: {detail}",
            "for the operator: gatehouse status"),
    UPSTREAM_WRONG_IDENTITY(
            "GATE-5008",
            Severity.FAULT,
            502,
            ProxyErrorType.TLS_CERTIFICATE_ERROR,
            "{address} is not {expected}: its certificate says {actual}",
            "for the operator: check the route, and what listens at {address}"),
    UPSTREAM_PROTOCOL(
            "GATE-5009",
            Severity.FAULT,
            502,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the answer of {service} is not valid HTTP: {detail}",
            "for the operator: see the log of {service}"),
    NO_ROUTE(
            "GATE-5010",
            Severity.FAULT,
            503,
            ProxyErrorType.DESTINATION_NOT_FOUND,
            "no service is configured for {path}",
            "for the operator: see routes in gatehouse.yaml"),
    UPSTREAM_UNREACHABLE(
            "GATE-5011",
            Severity.FAULT,
            502,
            ProxyErrorType.DESTINATION_UNAVAILABLE,
            "{service} cannot be reached at {address}: {detail}",
            "try again shortly; for the operator: check {address}"),
    CONNECTION_LIMIT(
            "GATE-5020",
            Severity.FAULT,
            503,
            ProxyErrorType.CONNECTION_LIMIT_REACHED,
            "{what} are at their limit of {limit}",
            "try again shortly; the limit is {setting}"),
    CANCELLED(
            "GATE-5021",
            Severity.REFUSAL,
            403,
            ProxyErrorType.HTTP_REQUEST_DENIED,
            "the transfer was ended: {reason}",
            "sign in again, or ask an administrator"),
    SHUTTING_DOWN(
            "GATE-5022",
            Severity.FAULT,
            503,
            ProxyErrorType.DESTINATION_UNAVAILABLE,
            "this proxy is stopping",
            "try again in a few seconds"),
    CLIENT_GONE(
            "GATE-5023",
            Severity.CLIENT_FAULT,
            499,
            ProxyErrorType.CONNECTION_TERMINATED,
            "the client closed the connection",
            "nothing, if you stopped it yourself"),
    CLIENT_TOO_SLOW(
            "GATE-5024",
            Severity.CLIENT_FAULT,
            408,
            ProxyErrorType.CONNECTION_WRITE_TIMEOUT,
            "the client took nothing for {seconds} s",
            "check the network between you and here; the limit is limits.idle"),
    UNEXPECTED_CALLER(
            "GATE-5025",
            Severity.FAULT,
            403,
            ProxyErrorType.HTTP_REQUEST_DENIED,
            "the process with user ID {uid} may not use this socket",
            "for the operator: run both under the same user"),
    HANDSHAKE_FAILED(
            "GATE-5026",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.TLS_PROTOCOL_ERROR,
            "the TLS handshake from {address} failed: {detail}",
            "check that the other end speaks TLS 1.3 and trusts this one"),
    INTERNAL(
            "GATE-5999",
            Severity.FAULT,
            500,
            ProxyErrorType.PROXY_INTERNAL_ERROR,
            "an error of ours: {detail}",
            "please report it with the trace {trace}");

    private final Definition definition;

    TrafficCause(String code, Severity severity, int httpStatus, ProxyErrorType type, String message, String remedy) {
        this.definition = new Definition(code, severity, httpStatus, type, message, remedy);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
