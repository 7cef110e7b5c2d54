package dev.gatehouse.core.cause;

/** The forge and its repositories: GATE-4000 to 4999. */
public enum RepositoryCause implements Cause {
    NO_SUCH_REPOSITORY(
            "GATE-4001",
            Severity.CLIENT_FAULT,
            404,
            ProxyErrorType.DESTINATION_NOT_FOUND,
            "there is no repository {repository}",
            "check the name; create it with: gatehouse repo create {repository}"),
    REPOSITORY_EXISTS(
            "GATE-4002",
            Severity.CLIENT_FAULT,
            409,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the repository {repository} already exists",
            "choose another name"),
    REPOSITORY_NAME_INVALID(
            "GATE-4003",
            Severity.CLIENT_FAULT,
            422,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "{name} is not a repository name: {detail}",
            "use owner/name with lower-case letters, digits, dots, dashes and underscores"),
    DISK_FULL(
            "GATE-4010",
            Severity.FAULT,
            507,
            ProxyErrorType.DESTINATION_UNAVAILABLE,
            "the server has no room for this push: {detail}",
            "nothing of it was kept; the operator has to free space, then push again"),
    STORAGE_FAILED(
            "GATE-4011",
            Severity.FAULT,
            500,
            ProxyErrorType.PROXY_INTERNAL_ERROR,
            "the repository could not be read or written: {detail}",
            "push again; for the operator: gatehouse explain {trace}"),
    NOT_FAST_FORWARD(
            "GATE-4020",
            Severity.REFUSAL,
            403,
            ProxyErrorType.HTTP_REQUEST_DENIED,
            "{ref} would lose commits, and {principal} may not force-push it",
            "fetch and rebase or merge first, then push"),
    STALE_REF(
            "GATE-4021",
            Severity.CLIENT_FAULT,
            409,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "{ref} moved meanwhile: it is {actual}, not {expected}",
            "fetch, then push again"),
    ATOMIC_REFUSED(
            "GATE-4022",
            Severity.REFUSAL,
            403,
            ProxyErrorType.HTTP_REQUEST_DENIED,
            "the push is atomic and {ref} was refused",
            "push without --atomic, or leave out {ref}"),
    POLICY_CHANGED(
            "GATE-4023",
            Severity.REFUSAL,
            403,
            ProxyErrorType.HTTP_REQUEST_DENIED,
            "the rules changed during the push (policy {version}): {detail}",
            "ask the owners of the policy; nothing of {ref} was kept"),
    OBJECT_MISSING(
            "GATE-4024",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the push of {ref} lacks objects: {detail}",
            "run git fsck in your repository, then push again"),
    REF_CONFLICT(
            "GATE-4025",
            Severity.CLIENT_FAULT,
            409,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "{ref} cannot exist beside {other}: one is a folder of the other",
            "choose another name, or delete {other} first"),
    BUSY(
            "GATE-4030",
            Severity.FAULT,
            503,
            ProxyErrorType.CONNECTION_LIMIT_REACHED,
            "the repository is busy: {detail}",
            "try again in a few seconds"),
    PUSH_TOO_LARGE(
            "GATE-4031",
            Severity.CLIENT_FAULT,
            413,
            ProxyErrorType.HTTP_REQUEST_ERROR,
            "the push exceeds {limit} bytes",
            "push in parts; the limit is limits.push-bytes"),
    INTERRUPTED(
            "GATE-4032",
            Severity.FAULT,
            503,
            ProxyErrorType.DESTINATION_UNAVAILABLE,
            "the server is stopping",
            "try again in a few seconds"),
    MAINTENANCE_FAILED(
            "GATE-4040",
            Severity.FAULT,
            500,
            ProxyErrorType.PROXY_INTERNAL_ERROR,
            "{repository} could not be tidied; it is as it was",
            "for the operator: the forge's log says why; check the disk's free space");

    private final Definition definition;

    RepositoryCause(
            String code, Severity severity, int httpStatus, ProxyErrorType type, String message, String remedy) {
        this.definition = new Definition(code, severity, httpStatus, type, message, remedy);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
