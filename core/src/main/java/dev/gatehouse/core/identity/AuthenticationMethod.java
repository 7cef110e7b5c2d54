package dev.gatehouse.core.identity;

/** How a principal proved who it is. */
public enum AuthenticationMethod {
    /** An access token of ours, as Basic password or Bearer. */
    ACCESS_TOKEN("access-token"),
    /** A local account's password, through Basic. */
    PASSWORD("password"),
    /** An X.509-SVID in the TLS handshake. */
    CLIENT_CERTIFICATE("client-certificate"),
    /** A peer credential of a Unix socket: the operator on this machine. */
    ADMIN_SOCKET("admin-socket");

    private final String label;

    AuthenticationMethod(String label) {
        this.label = label;
    }

    /** The stable name written to records and assertions. */
    public String label() {
        return label;
    }
}
