package dev.gatehouse.app.cli;

import dev.gatehouse.app.transport.AdminConnection;
import dev.gatehouse.core.cause.RepositoryCause;
import dev.gatehouse.core.repository.RepositoryName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Repositories. */
@Command(
        name = "repo",
        description = "Makes and tidies repositories.",
        mixinStandardHelpOptions = true,
        subcommands = {RepositoryCommand.Create.class, RepositoryMaintainCommand.class})
final class RepositoryCommand extends CommandGroup {
    static RepositoryName parse(String name) {
        return RepositoryName.parse(name)
                .orElseThrow(() -> RepositoryCause.REPOSITORY_NAME_INVALID
                        .with("name", name, "detail", "it is not OWNER/NAME in lower case")
                        .asException());
    }

    /** Makes an empty repository. */
    @Command(name = "create", description = "Makes an empty repository.", mixinStandardHelpOptions = true)
    static final class Create implements Callable<Integer> {
        private final Surroundings surroundings;

        @Mixin
        DataOption data = new DataOption();

        @Parameters(
                paramLabel = "OWNER/NAME",
                description = "Lower-case letters, digits, dots, dashes and underscores.")
        String name = "";

        Create(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            RepositoryName repository = parse(name);
            try (AdminConnection forge = AdminConnection.openForge(data.folder(surroundings))) {
                forge.createRepository(repository);
            }
            surroundings.err().println("made " + repository);
            return CommandLines.DONE;
        }
    }
}
