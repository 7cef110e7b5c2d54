package dev.gatehouse.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.RepositoryCause;
import dev.gatehouse.core.policy.AccessRequest;
import dev.gatehouse.core.policy.Action;
import dev.gatehouse.core.policy.Resource;
import dev.gatehouse.core.policy.RuleReference;
import java.util.List;
import java.util.Optional;

/** Asks the rules about the commands of a push: first when they are known, and again, under the writer lock, when they are about to count. */
final class RefJudge {
    private final PushContext context;

    RefJudge(PushContext context) {
        this.context = context;
    }

    /** Refuses what may not be done whatever the objects are, so that no pack is taken in vain. */
    void judgeEarly(List<PushCommand> commands, boolean atomic) {
        RefGate gate = context.rules().get();
        for (PushCommand command : commands) {
            ask(gate, command, command.isDelete() ? Action.DELETE : Action.PUSH).ifPresent(command::refuse);
        }
        refuseAllWhereAtomic(commands, atomic);
    }

    /** Refuses what may not be done by the rules of this moment, now that it is known who loses commits. */
    void judgeFinally(RefGate gate, List<PushCommand> commands) {
        for (PushCommand command : commands) {
            if (!command.isAlive()) {
                continue;
            }
            ask(gate, command, command.isDelete() ? Action.DELETE : Action.PUSH)
                    .map(refusal -> changed(gate, command, refusal))
                    .or(() -> command.isForced() ? askForce(gate, command) : Optional.empty())
                    .ifPresent(command::refuse);
        }
    }

    /** Under atomic, one refused ref refuses all. */
    static void refuseAllWhereAtomic(List<PushCommand> commands, boolean atomic) {
        if (!atomic) {
            return;
        }
        commands.stream().filter(command -> !command.isAlive()).findFirst().ifPresent(refused -> {
            Failure failure = RepositoryCause.ATOMIC_REFUSED.with("ref", refused.ref());
            commands.forEach(command -> command.refuse(failure));
        });
    }

    private Optional<Failure> askForce(RefGate gate, PushCommand command) {
        return ask(gate, command, Action.FORCE_PUSH)
                .map(refusal -> isDefaultDeny(gate, command)
                        ? RepositoryCause.NOT_FAST_FORWARD.with(
                                "ref",
                                command.ref(),
                                "principal",
                                context.caller().principal().displayName())
                        : refusal);
    }

    private boolean isDefaultDeny(RefGate gate, PushCommand command) {
        return gate.decide(request(command, Action.FORCE_PUSH)) instanceof RefVerdict.Denied denied
                && denied.rule().id().equals(RuleReference.DEFAULT);
    }

    private Optional<Failure> ask(RefGate gate, PushCommand command, Action action) {
        return switch (gate.decide(request(command, action))) {
            case RefVerdict.Allowed allowed -> {
                command.setRule(allowed.rule());
                yield Optional.empty();
            }
            case RefVerdict.Denied denied -> Optional.of(denied.failure());
        };
    }

    /** It was allowed when the push began, and is not any more. */
    private static Failure changed(RefGate gate, PushCommand command, Failure refusal) {
        return RepositoryCause.POLICY_CHANGED.with(
                "ref", command.ref(), "version", gate.version().toString(), "detail", refusal.message());
    }

    private AccessRequest request(PushCommand command, Action action) {
        return AccessRequest.of(
                context.caller().principal(),
                action,
                new Resource.Ref(context.repository(), command.update().ref()));
    }
}
