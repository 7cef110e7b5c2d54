package dev.gatehouse.app.agent;

import dev.gatehouse.core.policy.Policy;
import dev.gatehouse.core.policy.PolicyCompilation;
import dev.gatehouse.core.policy.PolicyCompiler;
import dev.gatehouse.core.snapshot.Snapshot;
import dev.gatehouse.core.snapshot.TrustBundle;
import dev.gatehouse.proto.CertificateMapping;
import dev.gatehouse.proto.ResourceMapping;
import dev.gatehouse.proto.v1.PolicyResource;
import dev.gatehouse.proto.v1.Resource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The newest resource of each kind, and the snapshot they make once all are there. Belongs to one thread. */
final class ResourceSet {
    private final Map<Resource.KindCase, Resource> newest = new EnumMap<>(Resource.KindCase.class);
    private Optional<Snapshot> snapshot = Optional.empty();

    /**
     * Takes {@code resource}, and returns the snapshot that it makes; empty while kinds are missing.
     *
     * @throws dev.gatehouse.core.cause.FailureException where it cannot be read; nothing has changed then
     */
    Optional<Snapshot> take(Resource resource) {
        Map<Resource.KindCase, Resource> next = new EnumMap<>(Resource.KindCase.class);
        next.putAll(newest);
        next.put(resource.getKindCase(), resource);
        Optional<Snapshot> made =
                isComplete(next) ? Optional.of(assemble(next, resource.getKindCase())) : Optional.empty();
        newest.putAll(next);
        snapshot = made;
        return made;
    }

    /** What there is, to be kept. */
    Iterable<Resource> all() {
        return newest.values();
    }

    private static boolean isComplete(Map<Resource.KindCase, Resource> resources) {
        for (Resource.KindCase kind : Resource.KindCase.values()) {
            if (kind != Resource.KindCase.KIND_NOT_SET && !resources.containsKey(kind)) {
                return false;
            }
        }
        return true;
    }

    private Snapshot assemble(Map<Resource.KindCase, Resource> resources, Resource.KindCase changed) {
        TrustBundle bundle = CertificateMapping.fromMessage(
                of(resources, Resource.KindCase.BUNDLE).getBundle());
        boolean samePolicy = snapshot.isPresent() && changed != Resource.KindCase.POLICY;
        return new Snapshot(
                samePolicy
                        ? snapshot.get().policy()
                        : compile(of(resources, Resource.KindCase.POLICY).getPolicy(), bundle),
                ResourceMapping.fromMessage(
                        of(resources, Resource.KindCase.ROUTES).getRoutes()),
                ResourceMapping.fromMessage(
                        of(resources, Resource.KindCase.PEERS).getPeers()),
                bundle,
                ResourceMapping.fromMessage(
                        of(resources, Resource.KindCase.REVOCATIONS).getRevocations()));
    }

    private static Resource of(Map<Resource.KindCase, Resource> resources, Resource.KindCase kind) {
        return resources.getOrDefault(kind, Resource.getDefaultInstance());
    }

    private static Policy compile(PolicyResource resource, TrustBundle bundle) {
        PolicyCompiler compiler = new PolicyCompiler(bundle.trustDomain());
        return switch (compiler.compile(resource.getFile(), resource.getText(), resource.getNumber())) {
            case PolicyCompilation.Compiled compiled -> compiled.policy();
            case PolicyCompilation.Rejected rejected -> throw rejected.failure().asException();
        };
    }
}
