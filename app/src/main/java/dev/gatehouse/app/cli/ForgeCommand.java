package dev.gatehouse.app.cli;

import dev.gatehouse.app.role.Processes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One role in a process of its own. */
@Command(name = "forge", description = "Runs the role forge: the repositories.", mixinStandardHelpOptions = true)
final class ForgeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    StartOptions options = new StartOptions();

    ForgeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Processes.forge(options.plan(surroundings, false));
        return CommandLines.DONE;
    }
}
