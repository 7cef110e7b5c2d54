package dev.gatehouse.core.cause;

/** The rules said no, or could not be loaded: GATE-2000 to 2999. */
public enum PolicyCause implements Cause {
    FORBIDDEN_BY_RULE(
            "GATE-2001",
            Severity.REFUSAL,
            403,
            ProxyErrorType.HTTP_REQUEST_DENIED,
            "{principal} may not {action} {resource}: denied by rule {rule} ({file}:{line}){explain}",
            "ask the owners of the policy; see: gatehouse explain"),
    NOT_ALLOWED(
            "GATE-2002",
            Severity.REFUSAL,
            403,
            ProxyErrorType.HTTP_REQUEST_DENIED,
            "{principal} may not {action} {resource}: no rule allows it",
            "ask an administrator for access, or use another identity"),
    CREATE_NOT_ALLOWED(
            "GATE-2003",
            Severity.REFUSAL,
            403,
            ProxyErrorType.HTTP_REQUEST_DENIED,
            "{principal} may not create {resource}: no rule allows it",
            "ask an administrator to create the repository, or for a rule that allows create"),
    POLICY_INVALID(
            "GATE-2010",
            Severity.CLIENT_FAULT,
            422,
            ProxyErrorType.PROXY_CONFIGURATION_ERROR,
            "the policy cannot be used: {file}:{line}:{column}: {detail}",
            "correct the line; until then the old policy stays in force"),
    POLICY_LOCKS_EVERYONE_OUT(
            "GATE-2011",
            Severity.CLIENT_FAULT,
            422,
            ProxyErrorType.PROXY_CONFIGURATION_ERROR,
            "the policy would lock everyone out: {file}:{line}:{column}: {detail}",
            "keep at least one rule that allows somebody to read or push; until then the old policy stays in force"),
    NO_POLICY_YET(
            "GATE-2012",
            Severity.FAULT,
            503,
            ProxyErrorType.PROXY_CONFIGURATION_ERROR,
            "this node has not received the rules yet",
            "wait until it is ready: gatehouse status");

    private final Definition definition;

    PolicyCause(String code, Severity severity, int httpStatus, ProxyErrorType type, String message, String remedy) {
        this.definition = new Definition(code, severity, httpStatus, type, message, remedy);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
