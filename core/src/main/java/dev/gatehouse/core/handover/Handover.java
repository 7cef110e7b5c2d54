package dev.gatehouse.core.handover;

import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.policy.PolicyVersion;
import dev.gatehouse.core.policy.RuleReference;
import java.util.List;
import java.util.Optional;

/**
 * What a sidecar tells our own forge with each request, in the header {@link dev.gatehouse.core.http.HeaderNames#HANDOVER}. The forge believes
 * it because of the socket it comes through (mode 0600, peer checked); it still decides again where the effect happens.
 *
 * @param caller who the request is for; empty on public pages
 * @param path the SPIFFE IDs that the request came through, the ingress first
 * @param clientAddress the address that the edge saw, for the record
 * @param rule what permitted the request at the sidecar
 * @param policyVersion of which version
 */
public record Handover(
        Optional<Caller> caller,
        List<SpiffeId> path,
        String clientAddress,
        RuleReference rule,
        PolicyVersion policyVersion) {
    public Handover {
        path = List.copyOf(path);
    }
}
