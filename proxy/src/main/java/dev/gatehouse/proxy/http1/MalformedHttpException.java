package dev.gatehouse.proxy.http1;

/** What came is not HTTP as it is taken here. Carries no stack trace: it is an outcome of reading untrusted bytes. */
public final class MalformedHttpException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong, as far as answers differ by it. */
    public enum Kind {
        SYNTAX,
        TWO_LENGTHS,
        TOO_LARGE,
        EXPECTATION,
        UPGRADE,
        HEADER_NOT_ALLOWED
    }

    private final Kind kind;
    private final String subject;

    /**
     * @param kind which sort
     * @param subject the header or value it is about; may be empty
     * @param detail for people to read
     */
    public MalformedHttpException(Kind kind, String subject, String detail) {
        super(detail, null, false, false);
        this.kind = kind;
        this.subject = subject;
    }

    static MalformedHttpException syntax(String detail) {
        return new MalformedHttpException(Kind.SYNTAX, "", detail);
    }

    /** Which sort. */
    public Kind kind() {
        return kind;
    }

    /** The header or value it is about; may be empty. */
    public String subject() {
        return subject;
    }

    /** For people to read. */
    public String detail() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
