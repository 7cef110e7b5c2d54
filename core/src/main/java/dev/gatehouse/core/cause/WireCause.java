package dev.gatehouse.core.cause;

/** What came is not the Git protocol as it is spoken here: GATE-3500 to 3999. */
public enum WireCause implements Cause {
    PKT_LINE_MALFORMED(
            "GATE-3501",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "a pkt-line is malformed: {detail}",
            "use an up-to-date Git client; check that no proxy changes the body"),
    PKT_LINE_TOO_LONG(
            "GATE-3502",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "a pkt-line of {length} bytes exceeds {limit}",
            "use an up-to-date Git client"),
    TOO_MANY_REFS(
            "GATE-3503",
            Severity.CLIENT_FAULT,
            403,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the push names more than {limit} refs",
            "push fewer refs at once; the limit is limits.push-refs"),
    DUPLICATE_REF(
            "GATE-3504",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the push names {ref} twice",
            "name each ref once"),
    REF_NAME_MALFORMED(
            "GATE-3505",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "{ref} is not a well-formed ref name",
            "use a name that git check-ref-format accepts, under refs/"),
    COMMAND_UNKNOWN(
            "GATE-3506",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the protocol command {command} is not known here",
            "use a Git client that speaks protocol version 2"),
    SERVICE_AMBIGUOUS(
            "GATE-3507",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the request must name exactly one service: {detail}",
            "use a Git client"),
    DUMB_PROTOCOL(
            "GATE-3508",
            Severity.CLIENT_FAULT,
            403,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the dumb HTTP protocol is not served",
            "use Git 1.6.6 or newer, over smart HTTP"),
    OBJECT_FORMAT_MISMATCH(
            "GATE-3509",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the repository holds {served} objects, your repository {asked}",
            "clone it anew, or: git init --object-format={served}"),
    CAPABILITY_UNKNOWN(
            "GATE-3510",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the capability {capability} was not offered",
            "use an up-to-date Git client"),
    PUSH_CUT_OFF(
            "GATE-3511",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the push ended in the middle, after {bytes} bytes",
            "push again; nothing of it was kept"),
    PACK_INVALID(
            "GATE-3512",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the pack cannot be used: {detail}",
            "run git fsck in your repository, then push again; nothing of it was kept"),
    ARGUMENT_LIMIT(
            "GATE-3513",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the request has more than {limit} {what}",
            "use an up-to-date Git client; the limit is {setting}"),
    WANT_NOT_VALID(
            "GATE-3514",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the object {object} is not one that may be fetched",
            "fetch again: the ref has probably moved");

    private final Definition definition;

    WireCause(String code, Severity severity, int httpStatus, ProxyErrorType type, String message, String remedy) {
        this.definition = new Definition(code, severity, httpStatus, type, message, remedy);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
