package dev.gatehouse.core.cause;

/** Who is calling could not be established: GATE-1000 to 1999. */
public enum IdentityCause implements Cause {
    NO_CREDENTIAL(
            "GATE-1001",
            Severity.REFUSAL,
            401,
            ProxyErrorType.HTTP_REQUEST_DENIED,
            "no credential was sent",
            "sign in: {signIn}"),
    BAD_CREDENTIAL(
            "GATE-1002",
            Severity.REFUSAL,
            401,
            ProxyErrorType.HTTP_REQUEST_DENIED,
            "the credential is not one of ours, or it was revoked",
            "get a new one: {signIn}"),
    EXPIRED_TOKEN(
            "GATE-1003",
            Severity.REFUSAL,
            401,
            ProxyErrorType.HTTP_REQUEST_DENIED,
            "the access token {token} expired at {expired}",
            "get a new one: {signIn}"),
    ACCOUNT_DISABLED(
            "GATE-1004",
            Severity.REFUSAL,
            401,
            ProxyErrorType.HTTP_REQUEST_DENIED,
            "the account {account} is disabled",
            "ask an administrator to enable it"),
    TWO_IDENTITIES(
            "GATE-1005",
            Severity.REFUSAL,
            403,
            ProxyErrorType.HTTP_REQUEST_DENIED,
            "the client certificate says {certificate}, the credential says {credential}",
            "send one identity: drop the certificate or the credential"),
    MALFORMED_AUTHORIZATION(
            "GATE-1006",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the Authorization header cannot be read: {detail}",
            "send one Authorization header, Basic or Bearer"),
    FOREIGN_TRUST_DOMAIN(
            "GATE-1010",
            Severity.REFUSAL,
            403,
            ProxyErrorType.TLS_CERTIFICATE_ERROR,
            "the certificate of {peer} is from a trust domain that is not ours ({ours})",
            "use an identity that this installation issued: gatehouse svid issue"),
    PEER_NOT_ALLOWED(
            "GATE-1011",
            Severity.REFUSAL,
            403,
            ProxyErrorType.TLS_CERTIFICATE_ERROR,
            "{peer} may not call {service}",
            "add the caller to the peers of {service}, or call through the ingress"),
    CERTIFICATE_EXPIRED(
            "GATE-1012",
            Severity.REFUSAL,
            403,
            ProxyErrorType.TLS_CERTIFICATE_ERROR,
            "the certificate of {peer} expired at {expired}",
            "renew the identity: gatehouse svid issue"),
    CERTIFICATE_INVALID(
            "GATE-1013",
            Severity.REFUSAL,
            403,
            ProxyErrorType.TLS_CERTIFICATE_ERROR,
            "the certificate of {peer} is not a valid X.509-SVID: {detail}",
            "use an identity that this installation issued: gatehouse svid issue"),
    PEER_CERTIFICATE_MISSING(
            "GATE-1014",
            Severity.REFUSAL,
            403,
            ProxyErrorType.TLS_CERTIFICATE_ERROR,
            "no client certificate was sent where one is required",
            "call through the ingress"),
    ASSERTION_MISSING(
            "GATE-1020",
            Severity.FAULT,
            502,
            ProxyErrorType.PROXY_INTERNAL_ERROR,
            "{peer} forwarded a request without saying who it is for",
            "update that proxy: it must send Gatehouse-Assertion"),
    ASSERTION_INVALID(
            "GATE-1021",
            Severity.FAULT,
            502,
            ProxyErrorType.PROXY_INTERNAL_ERROR,
            "the assertion from {peer} does not hold: {detail}",
            "check the clocks and versions of both proxies: gatehouse status"),
    REVOKED(
            "GATE-1030",
            Severity.REFUSAL,
            401,
            ProxyErrorType.HTTP_REQUEST_DENIED,
            "the access of {principal} was revoked",
            "sign in again: {signIn}"),
    IDENTITY_CHECK_UNAVAILABLE(
            "GATE-1040",
            Severity.FAULT,
            503,
            ProxyErrorType.DESTINATION_UNAVAILABLE,
            "who you are cannot be checked: control does not answer",
            "try again shortly; for the operator: gatehouse status"),
    IDENTITY_CHECK_BUSY(
            "GATE-1041",
            Severity.FAULT,
            503,
            ProxyErrorType.CONNECTION_LIMIT_REACHED,
            "too many sign-in checks are waiting",
            "try again in a few seconds"),
    TOO_MANY_ATTEMPTS(
            "GATE-1042",
            Severity.REFUSAL,
            429,
            ProxyErrorType.HTTP_REQUEST_DENIED,
            "too many failed sign-ins for {account}",
            "wait {seconds} s, or use an access token"),
    CSR_INVALID(
            "GATE-1050",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the certificate request cannot be used: {detail}",
            "send a PKCS#10 request (DER) with an ECDSA P-256 or P-384 key, signed with that key"),
    IDENTITY_NOT_ISSUED(
            "GATE-1051",
            Severity.REFUSAL,
            403,
            ProxyErrorType.HTTP_REQUEST_DENIED,
            "no identity is issued to {peer}: {detail}",
            "for the operator: gatehouse svid issue");

    private final Definition definition;

    IdentityCause(String code, Severity severity, int httpStatus, ProxyErrorType type, String message, String remedy) {
        this.definition = new Definition(code, severity, httpStatus, type, message, remedy);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
