package dev.gatehouse.app.cli;

import dev.gatehouse.app.role.Processes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One role in a process of its own. */
@Command(
        name = "ingress",
        description = "Runs the role ingress: where clients arrive.",
        mixinStandardHelpOptions = true)
final class IngressCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    StartOptions options = new StartOptions();

    IngressCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Processes.ingress(options.plan(surroundings, false));
        return CommandLines.DONE;
    }
}
