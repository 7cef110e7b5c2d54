package dev.gatehouse.app.cli;

import dev.gatehouse.app.role.Processes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the launcher runs once after a build, to learn for the AOT cache which classes a start needs. Not for people. */
@Command(
        name = "practice",
        hidden = true,
        description = "Starts everything, uses it a little, and stops.",
        mixinStandardHelpOptions = true)
final class PracticeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    StartOptions options = new StartOptions();

    PracticeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Processes.practice(options.plan(surroundings, true));
        return CommandLines.DONE;
    }
}
