package dev.gatehouse.app.role;

import dev.gatehouse.core.audit.Role;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.TrafficCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts roles and keeps the process up until it is asked to stop. Each method returns when everything has stopped, and throws {@link
 * FailureException} where it cannot start; nothing is left running then.
 */
public final class Processes {
    private static final Logger LOG = LoggerFactory.getLogger(Processes.class);

    private Processes() {}

    /** How a process is started. */
    private interface Starting<T extends AutoCloseable> {
        T start() throws Exception;
    }

    /** All roles. */
    public static void up(StartPlan plan) {
        try (StopSignal signal = new StopSignal();
                OneProcess process = started(() -> OneProcess.start(plan))) {
            tell(plan, process.welcome());
            signal.await();
        }
    }

    /** Where clients arrive. */
    public static void ingress(StartPlan plan) {
        alone(plan, Role.INGRESS);
    }

    /** Before the services. */
    public static void sidecar(StartPlan plan) {
        alone(plan, Role.SIDECAR);
    }

    /** Identities, accounts, rules, the audit log. */
    public static void control(StartPlan plan) {
        alone(plan, Role.CONTROL);
    }

    /** The repositories. */
    public static void forge(StartPlan plan) {
        alone(plan, Role.FORGE);
    }

    /** All roles, used a little, and stopped: what the AOT cache is learned from. */
    public static void practice(StartPlan plan) {
        try (OneProcess process = started(() -> OneProcess.start(plan))) {
            Practice.use(process);
        }
    }

    private static void alone(StartPlan plan, Role role) {
        try (StopSignal signal = new StopSignal();
                SeparateProcess process = started(() -> SeparateProcess.start(plan, role))) {
            tell(plan, process.welcome());
            signal.await();
        }
    }

    private static void tell(StartPlan plan, String text) {
        plan.out().print(text);
        plan.out().flush();
        forgetTheStart();
    }

    /** A start leaves more garbage than there is data. One full collection while nobody waits yet, and the heap can shrink to what is in use. */
    private static void forgetTheStart() {
        System.gc();
    }

    private static <T extends AutoCloseable> T started(Starting<T> starting) {
        try {
            return starting.start();
        } catch (FailureException known) {
            throw known;
        } catch (Exception bug) {
            LOG.error("the start failed", bug);
            throw TrafficCause.INTERNAL
                    .with("detail", bug.toString(), "trace", "none")
                    .asException();
        }
    }
}
