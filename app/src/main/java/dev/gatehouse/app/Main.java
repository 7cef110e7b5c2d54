package dev.gatehouse.app;

import dev.gatehouse.app.cli.CommandLines;
import dev.gatehouse.app.cli.Surroundings;

/** Where the process begins. */
public final class Main {
    private Main() {}

    /** Runs one command and exits with its status. */
    public static void main(String[] arguments) {
        System.exit(CommandLines.run(Surroundings.ofThisProcess(), arguments));
    }
}
