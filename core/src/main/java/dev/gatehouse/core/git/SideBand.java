package dev.gatehouse.core.git;

/** The bands of a multiplexed answer (gitprotocol-pack, "Packfile Data"). */
public enum SideBand {
    /** What the client asked for: pack or report. */
    DATA(1),
    /** Text for the person; shown as {@code remote: ...}. */
    PROGRESS(2),
    /** The last words before the connection ends; the client fails with them. */
    FATAL(3);

    private final int number;

    SideBand(int number) {
        this.number = number;
    }

    /** The byte in front of the content. */
    public int number() {
        return number;
    }
}
