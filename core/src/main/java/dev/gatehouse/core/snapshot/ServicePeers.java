package dev.gatehouse.core.snapshot;

import dev.gatehouse.core.identity.SpiffeId;
import java.util.Set;

/**
 * Who may connect to a service's sidecar.
 *
 * @param service the service's name
 * @param callers the SPIFFE IDs that may complete a handshake
 */
public record ServicePeers(String service, Set<SpiffeId> callers) {
    public ServicePeers {
        callers = Set.copyOf(callers);
    }
}
