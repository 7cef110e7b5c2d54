package dev.gatehouse.app.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only groups others: alone it is not understood. */
abstract class CommandGroup implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public final void run() {
        throw new ParameterException(
                spec.commandLine(),
                "one of these must follow: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
