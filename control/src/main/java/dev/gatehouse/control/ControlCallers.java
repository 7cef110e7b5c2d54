package dev.gatehouse.control;

import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.identity.SpiffeId;
import io.grpc.Context;
import java.util.Optional;

/**
 * Who calls a service. A transport's interceptor sets the key of its service from what the transport itself verified: the peer's SVID or process
 * ID, never anything that was sent. Calls without it are refused.
 */
public final class ControlCallers {
    /** The node that calls {@link Control#nodeService()}. */
    public static final Context.Key<SpiffeId> NODE = Context.key("gatehouse-node");

    /** The operator who calls {@link Control#adminService()}. */
    public static final Context.Key<AdminCaller> ADMIN = Context.key("gatehouse-admin");

    private ControlCallers() {}

    static SpiffeId requireNode() {
        return Optional.ofNullable(NODE.get())
                .orElseThrow(() -> IdentityCause.PEER_CERTIFICATE_MISSING.with().asException());
    }

    static AdminCaller requireAdmin() {
        return Optional.ofNullable(ADMIN.get())
                .orElseThrow(() -> StartCause.NOT_PERMITTED
                        .with("path", "the admin service", "detail", "it is for the admin socket")
                        .asException());
    }
}
