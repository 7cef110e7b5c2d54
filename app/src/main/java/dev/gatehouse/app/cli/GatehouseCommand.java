package dev.gatehouse.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program itself: without a command it prints its help. */
@Command(
        name = "gatehouse",
        subcommands = {
            UpCommand.class,
            IngressCommand.class,
            SidecarCommand.class,
            ControlCommand.class,
            ForgeCommand.class,
            UserCommand.class,
            TokenCommand.class,
            SvidCommand.class,
            RepositoryCommand.class,
            ExplainCommand.class,
            PolicyCommand.class,
            AuditCommand.class,
            StatusCommand.class,
            PracticeCommand.class,
        })
final class GatehouseCommand implements Callable<Integer> {
    /** Also what the launcher prints, without starting a JVM. */
    static final String HELP = "help.txt";

    private final Surroundings surroundings;

    @Option(
            names = {"-h", "--help"},
            description = "Show this help.")
    boolean help;

    GatehouseCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try (InputStream text = GatehouseCommand.class.getResourceAsStream(HELP)) {
            surroundings.out().print(new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8));
            surroundings.out().flush();
            return CommandLines.DONE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
