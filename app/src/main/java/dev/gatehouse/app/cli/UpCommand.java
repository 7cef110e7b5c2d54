package dev.gatehouse.app.cli;

import dev.gatehouse.app.role.Processes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All roles in one process. */
@Command(
        name = "up",
        description = "Runs everything in one process, and prints `ready https://HOST:PORT` when all of it serves.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    StartOptions options = new StartOptions();

    @Option(
            names = "--demo",
            description =
                    "Add demo/hello, the users alice, bob and mallory, the workload ci-runner, and rules for them.")
    boolean demo;

    UpCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Processes.up(options.plan(surroundings, demo));
        return CommandLines.DONE;
    }
}
