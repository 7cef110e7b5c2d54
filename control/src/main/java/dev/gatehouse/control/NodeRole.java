package dev.gatehouse.control;

import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.identity.TrustDomain;
import java.util.Locale;
import java.util.Optional;

/** The product's own parts, as the mesh knows them: {@code spiffe://<trust domain>/<role>}. */
public enum NodeRole {
    INGRESS,
    SIDECAR,
    FORGE,
    CONTROL;

    /** As operators write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its identity in a trust domain. */
    public SpiffeId id(TrustDomain trustDomain) {
        return trustDomain.id("/" + label());
    }

    /** The role whose identity this is; empty for all others. */
    public static Optional<NodeRole> of(SpiffeId id) {
        for (NodeRole role : values()) {
            if (id.path().equals("/" + role.label())) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    static NodeRole require(String label) {
        for (NodeRole role : values()) {
            if (role.label().equals(label)) {
                return role;
            }
        }
        throw StartCause.ROLE_UNKNOWN.with("role", label).asException();
    }
}
