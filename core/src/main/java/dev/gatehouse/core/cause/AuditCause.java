package dev.gatehouse.core.cause;

/** The record of what happened: GATE-7000 to 7999. */
public enum AuditCause implements Cause {
    JOURNAL_UNAVAILABLE(
            "GATE-7001",
            Severity.FAULT,
            503,
            ProxyErrorType.PROXY_INTERNAL_ERROR,
            "the audit journal cannot be written, so this was refused: {detail}",
            "for the operator: free space under {path}; nothing was changed"),
    JOURNAL_FULL(
            "GATE-7002",
            Severity.FAULT,
            503,
            ProxyErrorType.PROXY_INTERNAL_ERROR,
            "the audit journal is full ({limit} bytes not yet shipped), so this was refused",
            "for the operator: control must be reachable: gatehouse status"),
    JOURNAL_DAMAGED(
            "GATE-7003",
            Severity.FAULT,
            500,
            ProxyErrorType.PROXY_INTERNAL_ERROR,
            "the audit journal {path} is damaged at byte {offset}: {detail}",
            "keep the file for inspection; what stands before that byte is intact"),
    SEQUENCE_GAP(
            "GATE-7004",
            Severity.FAULT,
            409,
            ProxyErrorType.PROXY_INTERNAL_ERROR,
            "the journal {journal} has a gap: {expected} comes next, {received} was sent",
            "send again from {expected}; if it is lost, keep the journal for inspection"),
    BATCH_INVALID(
            "GATE-7005",
            Severity.CLIENT_FAULT,
            400,
            ProxyErrorType.PROXY_INTERNAL_ERROR,
            "a batch of audit records cannot be taken: {detail}",
            "update that node to this version");

    private final Definition definition;

    AuditCause(String code, Severity severity, int httpStatus, ProxyErrorType type, String message, String remedy) {
        this.definition = new Definition(code, severity, httpStatus, type, message, remedy);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
