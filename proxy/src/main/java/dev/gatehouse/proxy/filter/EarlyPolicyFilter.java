package dev.gatehouse.proxy.filter;

import dev.gatehouse.core.git.GitEndpoint;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.policy.AccessRequest;
import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.git.GitBodies;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** At the edge: early and coarse. What a push names is decided at the sidecar, which reads it; here it counts that some ref may move. */
final class EarlyPolicyFilter implements Filter {
    private final Set<String> forges;
    private final GitBodies bodies;

    /** @param forges the names of the services that are Git hosts */
    EarlyPolicyFilter(Set<String> forges, GitBodies bodies) {
        this.forges = Set.copyOf(forges);
        this.bodies = bodies;
    }

    @Override
    public void onRequest(Exchange exchange, Next next) {
        Addressed addressed = Attributes.required(exchange, Addressed.ATTRIBUTE);
        if (Clearance.obtain(exchange, questions(exchange, addressed))) {
            if (addressed.git().isPresent() && addressed.git().get() instanceof GitEndpoint.Rpc rpc) {
                bodies.followAnswer(exchange, rpc);
            }
            next.proceed();
        }
    }

    private List<AccessRequest> questions(Exchange exchange, Addressed addressed) {
        Optional<Principal> principal = Callers.principal(exchange);
        String service = Attributes.required(exchange, Clearance.UPSTREAM).service();
        if (!forges.contains(service)) {
            return Questions.ofService(principal, service);
        }
        return addressed.git().isPresent()
                ? Questions.ofGit(principal, addressed.git().get())
                : Questions.ofPage(principal, addressed);
    }
}
