package dev.gatehouse.proxy.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.policy.AccessRequest;
import dev.gatehouse.core.policy.Decision;
import dev.gatehouse.core.repository.RefName;
import java.util.List;
import java.util.Map;

/** What the rules say of a push whose refs are known, as far as it can be told without the objects. */
public sealed interface PushVerdict {

    /** What was decided, ref by ref, for the record; the first ones of a very long push, refusals before permits. */
    List<Decision> decisions();

    /**
     * It may go on: at least one ref may move. What else is to be refused of it, the ref gate refuses.
     *
     * @param question the question that permits it to be forwarded; its permit is not among {@link #decisions()}
     */
    record MayPass(AccessRequest question, List<Decision> decisions) implements PushVerdict {
        public MayPass {
            decisions = List.copyOf(decisions);
        }
    }

    /**
     * Nothing of it may go on.
     *
     * @param cause the first ref's that was denied itself
     * @param failures by ref, in the push's order
     */
    record Refused(Failure cause, Map<RefName, Failure> failures, List<Decision> decisions) implements PushVerdict {
        public Refused {
            decisions = List.copyOf(decisions);
        }
    }
}
