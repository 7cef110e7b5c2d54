package dev.gatehouse.core.http;

import java.util.Locale;

/** The headers of ours, and those whose meaning we guard. All lower-case, as HTTP/2 writes them. */
public final class HeaderNames {
    /** The trace ID, on every response. */
    public static final String TRACE = "gatehouse-trace";
    /** The signed statement of who the caller is, from the ingress to a sidecar. */
    public static final String ASSERTION = "gatehouse-assertion";
    /** What a sidecar hands to our own forge over its Unix socket: see {@code Handover}. */
    public static final String HANDOVER = "gatehouse-handover";
    /** W3C Trace Context. */
    public static final String TRACEPARENT = "traceparent";

    private static final String OURS = "gatehouse-";
    private static final String[] FOREIGN_IDENTITY = {
        "x-webauth-",
        "x-forwarded-",
        "x-remote-",
        "x-auth-request-",
        "x-goog-",
        "x-amzn-oidc-",
        "x-pomerium-",
        "x-ssl-",
        "x-client-",
        "l5d-",
    };
    private static final String[] FOREIGN_EXACT = {
        "forwarded", "remote-user", "x-real-ip", "x-user", "x-email", "x-groups", "via-user", "client-cert"
    };

    private HeaderNames() {}

    /**
     * Whether {@code name} claims an identity, or could be read as such a name by a server that folds case or takes underscores for dashes. Such
     * a header is removed at the edge, whoever sent it.
     */
    public static boolean claimsIdentity(CharSequence name) {
        String folded = name.toString().toLowerCase(Locale.ROOT).replace('_', '-');
        if (folded.startsWith(OURS)) {
            return true;
        }
        for (String prefix : FOREIGN_IDENTITY) {
            if (folded.startsWith(prefix)) {
                return true;
            }
        }
        for (String exact : FOREIGN_EXACT) {
            if (folded.equals(exact)) {
                return true;
            }
        }
        return false;
    }
}
