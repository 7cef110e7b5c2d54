package dev.gatehouse.core.cause;

/** Commands, configuration and start-up: GATE-6000 to 6999. */
public enum StartCause implements Cause {
    PORT_TAKEN(
            "GATE-6001",
            Severity.FAULT,
            500,
            ProxyErrorType.PROXY_CONFIGURATION_ERROR,
            "{address} is taken by another program",
            "stop it, or choose another with --listen"),
    DATA_IN_USE(
            "GATE-6002",
            Severity.FAULT,
            500,
            ProxyErrorType.PROXY_CONFIGURATION_ERROR,
            "the data folder {path} is in use by another instance (process {pid})",
            "stop it, or choose another with --data"),
    DATA_UNREADABLE(
            "GATE-6003",
            Severity.FAULT,
            500,
            ProxyErrorType.PROXY_CONFIGURATION_ERROR,
            "{path} cannot be used: {detail}",
            "restore it from a backup, or move it away to start anew"),
    CONFIGURATION_INVALID(
            "GATE-6004",
            Severity.CLIENT_FAULT,
            500,
            ProxyErrorType.PROXY_CONFIGURATION_ERROR,
            "{file}:{line}:{column}: {detail}",
            "correct the line; docs/configuration.md lists every key"),
    NOT_RUNNING(
            "GATE-6005",
            Severity.CLIENT_FAULT,
            500,
            ProxyErrorType.DESTINATION_UNAVAILABLE,
            "no instance is running on {path}",
            "start it: gatehouse up --data {path}"),
    CONTROL_UNREACHABLE(
            "GATE-6006",
            Severity.FAULT,
            503,
            ProxyErrorType.DESTINATION_UNAVAILABLE,
            "control does not answer at {address}: {detail}",
            "start it: gatehouse control"),
    ADDRESS_INVALID(
            "GATE-6007",
            Severity.CLIENT_FAULT,
            500,
            ProxyErrorType.PROXY_CONFIGURATION_ERROR,
            "{address} is not an address: {detail}",
            "write HOST:PORT"),
    SOCKET_PATH_TOO_LONG(
            "GATE-6008",
            Severity.CLIENT_FAULT,
            500,
            ProxyErrorType.PROXY_CONFIGURATION_ERROR,
            "the socket path {path} exceeds {limit} bytes",
            "set XDG_RUNTIME_DIR to a shorter folder"),
    NOT_PERMITTED(
            "GATE-6009",
            Severity.CLIENT_FAULT,
            500,
            ProxyErrorType.PROXY_CONFIGURATION_ERROR,
            "{path} may not be used by this user: {detail}",
            "run as the user that owns it"),
    CANNOT_LISTEN(
            "GATE-6011",
            Severity.FAULT,
            500,
            ProxyErrorType.PROXY_CONFIGURATION_ERROR,
            "cannot listen on {address}: {detail}",
            "choose another address, or remove what is in the way"),
    NO_SUCH_ACCOUNT(
            "GATE-6020",
            Severity.CLIENT_FAULT,
            404,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "there is no account {account}",
            "create it: gatehouse user add {account}"),
    ACCOUNT_EXISTS(
            "GATE-6021",
            Severity.CLIENT_FAULT,
            409,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the account {account} exists, or existed: names are never given twice",
            "choose another name"),
    ACCOUNT_NAME_INVALID(
            "GATE-6022",
            Severity.CLIENT_FAULT,
            422,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "{account} is not an account name: {detail}",
            "use lower-case letters, digits and dashes"),
    LIFETIME_INVALID(
            "GATE-6023",
            Severity.CLIENT_FAULT,
            422,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "a lifetime of {asked} is not possible: {detail}",
            "choose a shorter one"),
    NO_SUCH_TRACE(
            "GATE-6030",
            Severity.CLIENT_FAULT,
            404,
            ProxyErrorType.DESTINATION_NOT_FOUND,
            "no record has the trace {trace}",
            "check the 32 hex digits; records are kept for a bounded time"),
    LINK_USED(
            "GATE-6040",
            Severity.REFUSAL,
            403,
            ProxyErrorType.HTTP_REQUEST_DENIED,
            "the link was used or has expired",
            "where nobody has used it, start again: a new one is printed; an operator can also make the account:"
                    + " gatehouse user add NAME --administrator"),
    BUILD_MISSING(
            "GATE-6050",
            Severity.FAULT,
            500,
            ProxyErrorType.PROXY_CONFIGURATION_ERROR,
            "{detail}",
            "run ./gatehouse from a checkout"),
    DATABASE_UNAVAILABLE(
            "GATE-6010",
            Severity.FAULT,
            503,
            ProxyErrorType.DESTINATION_UNAVAILABLE,
            "the database {path} cannot be used now: {detail}",
            "for the operator: check its disk space, or that its server runs"),
    NO_SUCH_TOKEN(
            "GATE-6024",
            Severity.CLIENT_FAULT,
            404,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "there is no access token {token}",
            "give the ID that was printed with it, never the token itself"),
    PASSWORD_INVALID(
            "GATE-6025",
            Severity.CLIENT_FAULT,
            422,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the password cannot be used: {detail}",
            "choose another"),
    GROUP_NAME_INVALID(
            "GATE-6026",
            Severity.CLIENT_FAULT,
            422,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "{group} is not a group name: {detail}",
            "use lower-case letters, digits and dashes"),
    WORKLOAD_NAME_INVALID(
            "GATE-6027",
            Severity.CLIENT_FAULT,
            422,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "{workload} is not a workload name: {detail}",
            "use lower-case letters, digits, dots and dashes"),
    ROLE_UNKNOWN(
            "GATE-6028",
            Severity.CLIENT_FAULT,
            422,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "{role} is not a role",
            "use ingress, sidecar, forge or control");

    private final Definition definition;

    StartCause(String code, Severity severity, int httpStatus, ProxyErrorType type, String message, String remedy) {
        this.definition = new Definition(code, severity, httpStatus, type, message, remedy);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
