package dev.gatehouse.core.identity;

/** How long a password of a local account may be, in characters: what pages ask for and control demands. */
public final class PasswordLength {
    /** Shorter ones can be guessed by who has stolen the hashes. */
    public static final int MIN = 12;

    /** Longer ones cost more to hash than they add. */
    public static final int MAX = 256;

    private PasswordLength() {}
}
