package dev.gatehouse.core.policy;

import dev.gatehouse.core.cause.Failure;
import java.util.List;

/** What {@link PolicyCompiler} made of a text. */
public sealed interface PolicyCompilation {
    /**
     * A policy.
     *
     * @param policy ready for use
     * @param warnings what somebody should look at, in the order of the text
     */
    record Compiled(Policy policy, List<PolicyProblem> warnings) implements PolicyCompilation {
        public Compiled {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * No policy.
     *
     * @param problems at least one; every one of them is fatal; in the order of the text
     */
    record Rejected(List<PolicyProblem> problems) implements PolicyCompilation {
        public Rejected {
            problems = List.copyOf(problems);
        }

        /** The first problem as a failure, ready to show. */
        public Failure failure() {
            return problems.getFirst().failure();
        }
    }
}
