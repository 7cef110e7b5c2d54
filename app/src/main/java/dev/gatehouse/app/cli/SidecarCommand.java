package dev.gatehouse.app.cli;

import dev.gatehouse.app.role.Processes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One role in a process of its own. */
@Command(
        name = "sidecar",
        description = "Runs the role sidecar: before the forge, or before one configured service.",
        mixinStandardHelpOptions = true)
final class SidecarCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    StartOptions options = new StartOptions();

    SidecarCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Processes.sidecar(options.plan(surroundings, false));
        return CommandLines.DONE;
    }
}
