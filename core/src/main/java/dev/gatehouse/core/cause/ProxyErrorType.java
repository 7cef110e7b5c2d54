package dev.gatehouse.core.cause;

import java.util.Locale;

/** The error types of {@code Proxy-Status} (RFC 9209, section 2.3) that our causes map to. */
public enum ProxyErrorType {
    DNS_ERROR,
    DESTINATION_NOT_FOUND,
    DESTINATION_UNAVAILABLE,
    CONNECTION_REFUSED,
    CONNECTION_TERMINATED,
    CONNECTION_TIMEOUT,
    CONNECTION_READ_TIMEOUT,
    CONNECTION_WRITE_TIMEOUT,
    CONNECTION_LIMIT_REACHED,
    TLS_PROTOCOL_ERROR,
    TLS_CERTIFICATE_ERROR,
    TLS_ALERT_RECEIVED,
    HTTP_REQUEST_ERROR,
    HTTP_REQUEST_DENIED,
    HTTP_RESPONSE_INCOMPLETE,
    HTTP_RESPONSE_TIMEOUT,
    PROXY_INTERNAL_RESPONSE,
    PROXY_INTERNAL_ERROR,
    PROXY_CONFIGURATION_ERROR;

    /** As it stands in the header. */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }
}
