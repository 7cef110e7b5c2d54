package dev.gatehouse.app.role;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.TrafficCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts roles and keeps the process up until it is asked to stop. */
public final class Processes {
    private static final Logger LOG = LoggerFactory.getLogger(Processes.class);

    private Processes() {}

    /**
     * All roles in this process. Returns when it was asked to stop and everything has stopped.
     *
     * @throws FailureException where it cannot start; nothing is left running then
     */
    public static void up(StartPlan plan) {
        try (StopSignal signal = new StopSignal();
                OneProcess process = start(plan)) {
            plan.out().print(process.welcome());
            plan.out().flush();
            signal.await();
        }
    }

    private static OneProcess start(StartPlan plan) {
        try {
            return OneProcess.start(plan);
        } catch (FailureException known) {
            throw known;
        } catch (Exception bug) {
            LOG.error("the start failed", bug);
            throw TrafficCause.INTERNAL
                    .with("detail", bug.toString(), "trace", "none")
                    .asException();
        }
    }

    public static void ingress(StartPlan plan) {
        up(plan);
    }

    public static void sidecar(StartPlan plan) {
        up(plan);
    }

    public static void control(StartPlan plan) {
        up(plan);
    }

    public static void forge(StartPlan plan) {
        up(plan);
    }

    public static void practice(StartPlan plan) {
        up(plan);
    }
}
