package dev.gatehouse.proxy.filter;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.snapshot.SnapshotSource;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.exchange.Upstream;
import dev.gatehouse.proxy.git.GitBodies;
import dev.gatehouse.proxy.identity.AssertionVerifier;
import java.util.List;

/** A sidecar's chains: verify who the request is for, decide, hand over, forward. Their listener admits only the peers that the snapshot names. */
public final class SidecarFilters {
    private SidecarFilters() {}

    /**
     * In front of our own forge.
     *
     * @param self this sidecar's SPIFFE ID
     * @param forge where the forge listens: a Unix socket that only we may use, since it believes what is handed over
     * @param snapshots for revocations of the moment
     * @param journal Git and changes are refused while it takes no records
     */
    public static List<Filter> forForge(
            SpiffeId self,
            Upstream forge,
            AssertionVerifier verifier,
            SnapshotSource snapshots,
            AuditJournal journal,
            GitBodies bodies) {
        return List.of(
                CanonicalRequestFilter.behindIngress(),
                new JournalFilter(journal),
                new AssertionFilter(verifier, snapshots, PublicPages::includes),
                new UpstreamFilter(forge),
                new GitGateFilter(bodies),
                new HandoverFilter(self),
                new ForwardFilter());
    }

    /** In front of an application that is not Git; it is told nothing that it would have to believe. */
    public static List<Filter> forApplication(
            Upstream application, AssertionVerifier verifier, SnapshotSource snapshots, AuditJournal journal) {
        return List.of(
                CanonicalRequestFilter.behindIngress(),
                new JournalFilter(journal),
                new AssertionFilter(verifier, snapshots, addressed -> false),
                new UpstreamFilter(application),
                new ServicePolicyFilter(application.service()),
                new ForwardFilter());
    }
}
