package dev.gatehouse.control;

/**
 * Who uses the admin socket.
 *
 * @param uid the user ID of the process at its other end, as the kernel says it
 */
public record AdminCaller(int uid) {
    /** As it is recorded. */
    public String actor() {
        return "uid " + uid;
    }
}
