package dev.gatehouse.proxy.http1;

/** How long a message's body is: a number of bytes, or one of these. */
public final class BodyLength {
    /** Chunked: its end is in the body. */
    public static final long CHUNKED = -1;
    /** It ends where the connection does. */
    public static final long UNTIL_CLOSE = -2;
    /** This was an interim (1xx) response: another head follows. */
    public static final long ANOTHER_HEAD = -3;

    private BodyLength() {}
}
