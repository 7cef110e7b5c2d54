package dev.gatehouse.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class CommandLinesTest {
    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return CommandLines.run(surroundings(Map.of("XDG_DATA_HOME", folder.toString())), arguments);
    }

    private Surroundings surroundings(Map<String, String> environment) {
        return new Surroundings(
                new PrintWriter(out),
                new PrintWriter(err),
                environment,
                Optional.of(folder.resolve("checkout")),
                folder,
                Clock.systemUTC());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        token                        | gatehouse: one of these must follow: issue, revoke
        token issue                  | gatehouse: Missing required option: '--user=NAME'
        token issue --user a --ttl 5 | gatehouse: Invalid value for option '--ttl': '5' is not a duration such as 30s, 15m, 24h or 90d
        up --listen nowhere          | gatehouse: Invalid value for option '--listen': 'nowhere' is not an address: write HOST:PORT
        up --port 1                  | gatehouse: Unknown options: '--port', '1'
        explain                      | gatehouse: give a TRACE, or --as NAME --do ACTION --repo OWNER/NAME
        explain --as a --do fly      | gatehouse: --do must be read, push, force-push, create or delete
        explain --as a --do read     | gatehouse: --repo must be OWNER/NAME in lower case, and --ref a full ref name
        """)
    void wrongUsageIsExitStatus2(String arguments, String message) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).startsWith(message);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        token issue --user alice   | GATE-6005 no instance is running on DIR                                | start it: gatehouse up --data DIR
        status                     | GATE-6005 no instance is running on DIR                                | start it: gatehouse up --data DIR
        audit tail                 | GATE-6005 no instance is running on DIR                                | start it: gatehouse up --data DIR
        explain 12                 | GATE-6030 no record has the trace 12                                   | check the 32 hex digits; records are kept for a bounded time
        policy check none.yaml     | GATE-6003 none.yaml cannot be used: NoSuchFileException                | restore it from a backup, or move it away to start anew
        repo create Demo/Hello     | GATE-4003 Demo/Hello is not a repository name: it is not OWNER/NAME in lower case | use owner/name with lower-case letters, digits, dots, dashes and underscores
        """)
    void whatCannotBeDoneIsExitStatus1WithCauseAndRemedy(String arguments, String message, String remedy) {
        String data = folder.resolve("gatehouse").toString();

        assertThat(run(arguments.split(" "))).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("gatehouse: " + message.replace("DIR", data) + System.lineSeparator() + "  remedy: "
                        + remedy.replace("DIR", data) + System.lineSeparator());
    }

    @Test
    void everyCommandStandsInTheHelp() {
        assertThat(run("--help")).isZero();
        String help = out.toString();

        CommandLine.Model.CommandSpec root =
                CommandLines.create(surroundings(Map.of())).getCommandSpec();
        assertThat(root.subcommands().values())
                .filteredOn(command -> !command.getCommandSpec().usageMessage().hidden())
                .allSatisfy(command -> assertThat(help).contains(" " + command.getCommandName() + " "));
    }

    @Test
    void everyCommandHasHelp() {
        CommandLine root = CommandLines.create(surroundings(Map.of()));
        for (String command : root.getSubcommands().keySet()) {
            assertThat(root.execute(command, "--help")).as(command).isZero();
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void rulesWithAProblemAreExitStatus1AndNameTheLine() throws IOException {
        Path file = Files.writeString(folder.resolve("policy.yaml"), "version: 1\nruls: []\n");

        assertThat(run("policy", "check", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains(file + ":2:1: unknown key 'ruls'; did you mean 'rules'?");
    }

    @Test
    void dataLiesBesideTheCheckoutWhereNobodySays() {
        assertThat(surroundings(Map.of()).defaultDataFolder())
                .isEqualTo(folder.resolve("checkout").resolve("data"));
        assertThat(surroundings(Map.of("XDG_DATA_HOME", "/x")).defaultDataFolder())
                .isEqualTo(Path.of("/x/gatehouse"));
    }
}
