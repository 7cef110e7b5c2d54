package dev.gatehouse.proxy.filter;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.snapshot.SnapshotSource;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.git.GitBodies;
import dev.gatehouse.proxy.identity.AssertionSigner;
import dev.gatehouse.proxy.identity.IntrospectionCache;
import java.util.List;
import java.util.Set;

/** The edge's chain: authenticate, decide early, assert, forward. It can be carried by any listener that people or jobs reach. */
public final class EdgeFilters {
    private EdgeFilters() {}

    /**
     * The chain of an ingress.
     *
     * @param forges the names of the services that are Git hosts; every other service is ruled by {@code call}
     * @param introspection what credentials are worth
     * @param signer signs with the ingress's own SVID
     * @param snapshots for revocations of the moment
     * @param journal Git and changes are refused while it takes no records
     */
    public static List<Filter> ingress(
            Set<String> forges,
            IntrospectionCache introspection,
            AssertionSigner signer,
            SnapshotSource snapshots,
            AuditJournal journal,
            GitBodies bodies) {
        return List.of(
                CanonicalRequestFilter.atEdge(),
                new JournalFilter(journal),
                new RouteFilter(),
                new AuthenticateFilter(forges, introspection, snapshots),
                new EarlyPolicyFilter(forges, bodies),
                new AssertFilter(signer),
                new ForwardFilter());
    }
}
