package dev.gatehouse.core.handover;

/** The outcome of {@link HandoverCodec#decode}. */
public sealed interface DecodedHandover {
    /**
     * Read.
     *
     * @param handover what the header says
     */
    record Decoded(Handover handover) implements DecodedHandover {}

    /**
     * Not a handover; the request must not be served.
     *
     * @param detail what is wrong with it, for an operator
     */
    record Undecodable(String detail) implements DecodedHandover {}
}
