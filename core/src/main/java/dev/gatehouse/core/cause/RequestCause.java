package dev.gatehouse.core.cause;

/** The request as HTTP could not be taken: GATE-3000 to 3499. */
public enum RequestCause implements Cause {
    PATH_NOT_CANONICAL(
            "GATE-3001",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the path is not in canonical form: {detail}",
            "use the address that the repository page shows: lower case, no escapes, no double slashes"),
    NOT_FOUND(
            "GATE-3002",
            Severity.CLIENT_FAULT,
            404,
            ProxyErrorType.DESTINATION_NOT_FOUND,
            "there is nothing at {path}",
            "check the address"),
    METHOD_NOT_ALLOWED(
            "GATE-3003",
            Severity.CLIENT_FAULT,
            405,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "{method} is not possible at {path}",
            "use {allowed}"),
    HEADERS_TOO_LARGE(
            "GATE-3004",
            Severity.CLIENT_FAULT,
            431,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the request headers exceed {limit} bytes",
            "send fewer or shorter headers; the limit is limits.request-header-bytes"),
    MALFORMED_REQUEST(
            "GATE-3005",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the request is not valid HTTP: {detail}",
            "use an up-to-date client; check what stands between it and here"),
    SMUGGLED_LENGTH(
            "GATE-3006",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the request has two lengths: {detail}",
            "check the proxy in front: it must send Content-Length or Transfer-Encoding, once"),
    HEADER_NOT_ALLOWED(
            "GATE-3007",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the header {header} is not allowed here: {detail}",
            "remove it"),
    UNKNOWN_HOST(
            "GATE-3008",
            Severity.CLIENT_FAULT,
            421,
            ProxyErrorType.DESTINATION_NOT_FOUND,
            "no service has the host name {host}",
            "use one of the configured hosts"),
    BODY_TOO_SLOW(
            "GATE-3009",
            Severity.CLIENT_FAULT,
            408,
            ProxyErrorType.CONNECTION_READ_TIMEOUT,
            "no byte of the request came for {seconds} s",
            "check the network between you and here; the limit is limits.body-idle"),
    UNSUPPORTED_ENCODING(
            "GATE-3010",
            Severity.CLIENT_FAULT,
            415,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the content encoding {encoding} is not supported",
            "send gzip or none"),
    INFLATED_TOO_LARGE(
            "GATE-3011",
            Severity.CLIENT_FAULT,
            413,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the compressed request grows beyond {limit} bytes",
            "send it uncompressed; the limit is limits.inflated-bytes"),
    EXPECTATION_UNKNOWN(
            "GATE-3012",
            Severity.CLIENT_FAULT,
            417,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the expectation {expectation} cannot be met",
            "send Expect: 100-continue or none"),
    UPGRADE_REFUSED(
            "GATE-3013",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "a protocol upgrade is not possible here",
            "connect with TLS and ALPN"),
    CONTENT_TYPE_WRONG(
            "GATE-3014",
            Severity.CLIENT_FAULT,
            415,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "{path} takes {expected}, not {actual}",
            "use a Git client"),
    BODY_INVALID(
            "GATE-3015",
            Severity.CLIENT_FAULT,
            422,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the body of the request cannot be used: {detail}",
            "correct it; docs/api.md says what each call takes"),
    CROSS_SITE(
            "GATE-3020",
            Severity.REFUSAL,
            403,
            ProxyErrorType.HTTP_REQUEST_DENIED,
            "the form was sent from another site: {origin}",
            "open {path} itself, and send it from there");

    private final Definition definition;

    RequestCause(String code, Severity severity, int httpStatus, ProxyErrorType type, String message, String remedy) {
        this.definition = new Definition(code, severity, httpStatus, type, message, remedy);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
