package dev.gatehouse.control.policy;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.policy.PolicyProblem;
import java.util.List;

/** What became of a text that was to be the rules. */
public sealed interface PolicyChange {
    /**
     * It is in force.
     *
     * @param policy the version it is
     * @param isNew whether it was not in force already
     * @param warnings what somebody should look at
     */
    record Accepted(StoredPolicy policy, boolean isNew, List<PolicyProblem> warnings) implements PolicyChange {
        public Accepted {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * It cannot be used; what was in force before still is.
     *
     * @param problems at least one
     */
    record Refused(List<PolicyProblem> problems) implements PolicyChange {
        public Refused {
            problems = List.copyOf(problems);
        }

        /** The first problem as a failure, ready to show. */
        public Failure failure() {
            return problems.getFirst().failure();
        }
    }
}
