package dev.gatehouse.core.snapshot;

import dev.gatehouse.core.policy.Policy;
import java.util.List;

/**
 * One complete, immutable version of each resource that a node works from. A new version of a resource makes a new snapshot; a half-applied one
 * cannot be seen.
 *
 * @param policy the compiled rules
 * @param routes where requests go
 * @param peers who may connect to which service
 * @param bundle who vouches for identities in this installation
 * @param revocations what no longer counts
 */
public record Snapshot(
        Policy policy, List<Route> routes, List<ServicePeers> peers, TrustBundle bundle, Revocations revocations) {
    public Snapshot {
        routes = List.copyOf(routes);
        peers = List.copyOf(peers);
    }
}
