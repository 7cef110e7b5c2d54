package dev.gatehouse.app.cli;

import dev.gatehouse.app.role.Processes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One role in a process of its own. */
@Command(
        name = "control",
        description = "Runs the role control: identities, accounts, rules, the audit log.",
        mixinStandardHelpOptions = true)
final class ControlCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    StartOptions options = new StartOptions();

    ControlCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Processes.control(options.plan(surroundings, false));
        return CommandLines.DONE;
    }
}
