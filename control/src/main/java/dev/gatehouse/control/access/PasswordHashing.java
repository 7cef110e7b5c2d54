package dev.gatehouse.control.access;

/**
 * What an Argon2id hash costs (RFC 9106, section 4).
 *
 * @param memoryKib memory, in KiB
 * @param iterations passes over it
 * @param lanes parallelism
 */
public record PasswordHashing(int memoryKib, int iterations, int lanes) {
    /** 19 MiB and two passes, as OWASP's cheat sheet for password storage recommends it for Argon2id. */
    public static final PasswordHashing DEFAULT = new PasswordHashing(19 * 1024, 2, 1);

    /** A hash that was stored may not cost more than this: it could stop the whole of control. */
    static final int MEMORY_KIB_MAX = 256 * 1024;

    static final int ITERATIONS_MAX = 20;
    static final int LANES_MAX = 8;

    /** @throws IllegalArgumentException where Argon2 cannot be run so, or it would cost too much */
    public PasswordHashing {
        if (lanes < 1
                || lanes > LANES_MAX
                || memoryKib < 8 * lanes
                || memoryKib > MEMORY_KIB_MAX
                || iterations < 1
                || iterations > ITERATIONS_MAX) {
            throw new IllegalArgumentException(
                    "Argon2 cannot be run with m=" + memoryKib + ",t=" + iterations + ",p=" + lanes);
        }
    }
}
