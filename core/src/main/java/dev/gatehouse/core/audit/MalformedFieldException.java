package dev.gatehouse.core.audit;

/** Unwinds the reading of malformed bytes, and never leaves {@link AuditRecordCodec}. */
final class MalformedFieldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedFieldException(String detail) {
        super(detail, null, false, false);
    }
}
