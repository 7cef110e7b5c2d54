package dev.gatehouse.core.git;

import java.util.Optional;

/** The version of the Git protocol that a request speaks (gitprotocol-v2; header {@code Git-Protocol}). */
public enum GitProtocolVersion {
    V0,
    V1,
    V2;

    private static final int HEADER_LENGTH_MAX = 1024;

    /**
     * The version that a {@code Git-Protocol} header asks for: the highest {@code version=} among its colon-separated keys, as git itself reads
     * it. What is absent, overlong or unknown counts as version 0.
     */
    public static GitProtocolVersion of(Optional<String> header) {
        if (header.isEmpty() || header.get().length() > HEADER_LENGTH_MAX) {
            return V0;
        }
        GitProtocolVersion highest = V0;
        for (String key : header.get().split(":", -1)) {
            GitProtocolVersion asked = switch (key) {
                case "version=2" -> V2;
                case "version=1" -> V1;
                default -> V0;
            };
            highest = asked.compareTo(highest) > 0 ? asked : highest;
        }
        return highest;
    }
}
