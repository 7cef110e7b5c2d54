package dev.gatehouse.proxy.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.RepositoryCause;
import dev.gatehouse.core.git.PushHead;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.policy.AccessRequest;
import dev.gatehouse.core.policy.Action;
import dev.gatehouse.core.policy.Decision;
import dev.gatehouse.core.policy.Permit;
import dev.gatehouse.core.policy.Refusal;
import dev.gatehouse.core.policy.Resource;
import dev.gatehouse.core.repository.RefName;
import dev.gatehouse.core.repository.RefUpdate;
import dev.gatehouse.core.repository.RepositoryName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Holds a push against the rules before its pack is forwarded. What only the ref gate can see is left to it: whether a move is fast-forward, and
 * whether the repository exists. So nothing is refused here that the gate could allow.
 */
public final class PushRules {
    /** One push may name thousands of refs; its record stays readable. */
    static final int DECISIONS_RECORDED_MAX = 64;

    private PushRules() {}

    /**
     * Decides each command, and the push as a whole: refused where all refs are denied, or any under {@code atomic}.
     *
     * @param rules answers one question
     * @param head names at least one ref
     */
    public static PushVerdict decide(
            Function<AccessRequest, Decision> rules, Principal principal, RepositoryName repository, PushHead head) {
        Map<RefName, Refusal> refused = new LinkedHashMap<>();
        List<Decision> permitted = new ArrayList<>();
        for (RefUpdate update : head.updates()) {
            switch (decide(rules, principal, repository, update)) {
                case Permit permit -> permitted.add(permit);
                case Refusal refusal -> refused.put(update.ref(), refusal);
            }
        }
        boolean whole = permitted.isEmpty() || (head.capabilities().atomic() && !refused.isEmpty());
        if (!whole) {
            return mayPass(refused, permitted);
        }
        Optional<Permit> creation = firstPush(rules, principal, repository, head);
        if (creation.isPresent()) {
            permitted.addFirst(creation.get());
            return mayPass(Map.of(), permitted);
        }
        Refusal first = refused.values().iterator().next();
        return new PushVerdict.Refused(first.failure(), failures(head, refused), recorded(refused, permitted));
    }

    /** The first permit is the one that forwarding will record. */
    private static PushVerdict mayPass(Map<RefName, Refusal> refused, List<Decision> permitted) {
        List<Decision> others = permitted.subList(1, permitted.size());
        return new PushVerdict.MayPass(permitted.getFirst().request(), recorded(refused, others));
    }

    private static Decision decide(
            Function<AccessRequest, Decision> rules, Principal principal, RepositoryName repository, RefUpdate update) {
        Resource ref = new Resource.Ref(repository, update.ref());
        Function<Action, Decision> ask = action -> rules.apply(AccessRequest.of(principal, action, ref));
        return switch (update.kind()) {
            case CREATE -> ask.apply(Action.PUSH);
            case DELETE -> ask.apply(Action.DELETE);
            case UPDATE -> {
                Decision push = ask.apply(Action.PUSH);
                if (push instanceof Permit) {
                    yield push;
                }
                Decision forced = ask.apply(Action.FORCE_PUSH);
                yield forced instanceof Permit ? forced : push;
            }
        };
    }

    /** A push that only creates refs may be the first one, which creates the repository; what that allows, the ref gate knows. */
    private static Optional<Permit> firstPush(
            Function<AccessRequest, Decision> rules, Principal principal, RepositoryName repository, PushHead head) {
        boolean onlyCreates = head.updates().stream().allMatch(update -> update.kind() == RefUpdate.Kind.CREATE);
        Resource created = new Resource.Repository(repository);
        return onlyCreates && rules.apply(AccessRequest.of(principal, Action.CREATE, created)) instanceof Permit permit
                ? Optional.of(permit)
                : Optional.empty();
    }

    private static Map<RefName, Failure> failures(PushHead head, Map<RefName, Refusal> refused) {
        RefName first = refused.keySet().iterator().next();
        Failure alongWithIt = RepositoryCause.ATOMIC_REFUSED.with("ref", first.value());
        Map<RefName, Failure> failures = new LinkedHashMap<>();
        for (RefUpdate update : head.updates()) {
            Refusal own = refused.get(update.ref());
            failures.put(update.ref(), own == null ? alongWithIt : own.failure());
        }
        return failures;
    }

    private static List<Decision> recorded(Map<RefName, Refusal> refused, List<Decision> permitted) {
        List<Decision> all = new ArrayList<>(refused.values());
        all.addAll(permitted);
        return all.subList(0, Math.min(all.size(), DECISIONS_RECORDED_MAX));
    }
}
