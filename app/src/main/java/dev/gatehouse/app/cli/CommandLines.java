package dev.gatehouse.app.cli;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.TrafficCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Runs a command line: the one place where failures of commands become text and an exit status. */
public final class CommandLines {
    /** The command did what it was asked. */
    public static final int DONE = 0;
    /** The command could not do what it was asked; the cause is on standard error. */
    public static final int FAILED = 1;
    /** The command was not understood. */
    public static final int USAGE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(CommandLines.class);
    private static final int HELP_WIDTH = 110;

    private CommandLines() {}

    /** Runs the command that {@code arguments} say, and returns its exit status. Blocks until it is done. */
    public static int run(Surroundings surroundings, String... arguments) {
        int status = create(surroundings).execute(arguments);
        surroundings.out().flush();
        surroundings.err().flush();
        return status;
    }

    static CommandLine create(Surroundings surroundings) {
        CommandLine line = new CommandLine(new GatehouseCommand(surroundings), new Factory(surroundings));
        line.setOut(surroundings.out());
        line.setErr(surroundings.err());
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((error, command, parsed) -> failed(surroundings, error));
        line.setParameterExceptionHandler((error, arguments) -> {
            CommandLine command = error.getCommandLine();
            surroundings.err().println("gatehouse: " + error.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(error, surroundings.err());
            surroundings.err().println("see: " + command.getCommandSpec().qualifiedName() + " --help");
            return USAGE;
        });
        return line;
    }

    private static int failed(Surroundings surroundings, Exception error) {
        show(surroundings, failureOf(error));
        return FAILED;
    }

    private static Failure failureOf(Exception error) {
        if (error instanceof FailureException expected) {
            return expected.failure();
        }
        LOG.error("a command failed", error);
        return TrafficCause.INTERNAL.with("detail", error.toString(), "trace", "none");
    }

    /** Prints {@code failure} as people and scripts read it: code and message, then the remedy. */
    static void show(Surroundings surroundings, Failure failure) {
        surroundings.err().println("gatehouse: " + failure.cause().code() + " " + failure.message());
        surroundings.err().println("  remedy: " + failure.remedy());
    }

    /** Gives each command its surroundings, where its constructor asks for them. */
    private record Factory(Surroundings surroundings) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (var constructor : type.getDeclaredConstructors()) {
                Class<?>[] parameters = constructor.getParameterTypes();
                if (parameters.length == 1 && parameters[0] == Surroundings.class) {
                    return type.cast(constructor.newInstance(surroundings));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
