package dev.gatehouse.core.git;

import java.util.Optional;

/** The two services of smart HTTP (gitprotocol-http, "Smart Clients"). */
public enum GitService {
    /** Clone and fetch. */
    UPLOAD_PACK("git-upload-pack"),
    /** Push. */
    RECEIVE_PACK("git-receive-pack");

    private final String label;

    GitService(String label) {
        this.label = label;
    }

    /** As it stands in {@code service=}, and as the last part of its path: {@code git-upload-pack}. */
    public String label() {
        return label;
    }

    /** The content type of a discovery's answer. */
    public String advertisementType() {
        return "application/x-" + label + "-advertisement";
    }

    /** The content type of a POST's body. */
    public String requestType() {
        return "application/x-" + label + "-request";
    }

    /** The content type of a POST's answer. */
    public String resultType() {
        return "application/x-" + label + "-result";
    }

    /** The service called {@code label}, written exactly so; empty where there is none. */
    public static Optional<GitService> parse(String label) {
        for (GitService service : values()) {
            if (service.label.equals(label)) {
                return Optional.of(service);
            }
        }
        return Optional.empty();
    }
}
