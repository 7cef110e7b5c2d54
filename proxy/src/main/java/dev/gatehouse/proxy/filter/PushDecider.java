package dev.gatehouse.proxy.filter;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.git.GitEndpoint;
import dev.gatehouse.core.git.GitPhase;
import dev.gatehouse.core.git.PushHead;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.policy.Decision;
import dev.gatehouse.core.policy.Policy;
import dev.gatehouse.core.repository.RefUpdate;
import dev.gatehouse.proxy.exchange.Answer;
import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.git.GitExchange;
import dev.gatehouse.proxy.git.PushJudge;
import dev.gatehouse.proxy.git.PushRefusals;
import dev.gatehouse.proxy.git.PushRules;
import dev.gatehouse.proxy.git.PushVerdict;
import java.util.List;
import java.util.Optional;

/** Decides on one push by the rules of the moment its request came, and lets the rest of the chain forward it where it may pass. */
final class PushDecider implements PushJudge {
    private static final int OK = 200;

    private final Exchange exchange;
    private final Filter.Next next;
    private final GitEndpoint.Rpc rpc;

    PushDecider(Exchange exchange, Filter.Next next, GitEndpoint.Rpc rpc) {
        this.exchange = exchange;
        this.next = next;
        this.rpc = rpc;
    }

    @Override
    public boolean mayPass(PushHead head) {
        exchange.attribute(
                GitExchange.PUSH,
                new GitPhase.Push(
                        head.capabilities(),
                        head.updates().stream().map(RefUpdate::ref).toList()));
        Optional<Principal> principal = Callers.principal(exchange);
        if (principal.isEmpty()) {
            exchange.refuse(IdentityCause.NO_CREDENTIAL.with());
            return false;
        }
        Policy policy = exchange.snapshot().policy();
        PushVerdict verdict = PushRules.decide(policy::decide, principal.get(), rpc.repository(), head);
        for (Decision decision : verdict.decisions()) {
            exchange.facts().decision(decision);
        }
        return switch (verdict) {
            case PushVerdict.Refused refused -> {
                exchange.attribute(
                        GitExchange.PUSH_REFUSALS, new PushRefusals(head.capabilities(), refused.failures()));
                exchange.refuse(refused.cause());
                yield false;
            }
            case PushVerdict.MayPass mayPass -> {
                boolean cleared = Clearance.obtain(exchange, List.of(mayPass.question()));
                if (cleared) {
                    next.proceed();
                }
                yield cleared;
            }
        };
    }

    /** Git tries the connection before a large push, and shows nothing of the answer but its status. */
    @Override
    public void probed() {
        exchange.answer(Answer.of(OK, rpc.service().resultType(), new byte[0]));
    }

    @Override
    public void malformed(Failure failure, GitPhase phase) {
        exchange.attribute(GitExchange.PUSH, phase);
        exchange.refuse(failure);
    }
}
