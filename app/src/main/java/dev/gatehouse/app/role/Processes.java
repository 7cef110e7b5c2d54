package dev.gatehouse.app.role;

import dev.gatehouse.core.audit.Role;
import java.util.EnumSet;

/** Starts roles and keeps the process up until it is asked to stop. */
public final class Processes {
    private Processes() {}

    /** All roles. */
    public static void up(StartPlan plan) {
        try (Preparation preparation = Preparation.of(plan, EnumSet.allOf(Role.class))) {
            preparation.writeFirstPolicy(plan.demo() ? FirstPolicy.DEMO : FirstPolicy.EMPTY);
        }
    }

    /** The role ingress. */
    public static void ingress(StartPlan plan) {
        up(plan);
    }

    /** The role sidecar. */
    public static void sidecar(StartPlan plan) {
        up(plan);
    }

    /** The role control. */
    public static void control(StartPlan plan) {
        up(plan);
    }

    /** The role forge. */
    public static void forge(StartPlan plan) {
        up(plan);
    }

    /** All roles, used a little, and stopped. */
    public static void practice(StartPlan plan) {
        up(plan);
    }
}
