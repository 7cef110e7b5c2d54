package dev.gatehouse.app.cli;

import dev.gatehouse.app.transport.AdminConnection;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.proto.v1.AddUserReply;
import dev.gatehouse.proto.v1.AddUserRequest;
import dev.gatehouse.proto.v1.DisableUserRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Local accounts. */
@Command(
        name = "user",
        description = "Makes and disables local accounts.",
        mixinStandardHelpOptions = true,
        subcommands = {UserCommand.Add.class, UserCommand.Disable.class})
final class UserCommand extends CommandGroup {
    /** Makes an account. */
    @Command(
            name = "add",
            description = "Makes a local account. Without a password it signs in with tokens only.",
            mixinStandardHelpOptions = true)
    static final class Add implements Callable<Integer> {
        private final Surroundings surroundings;

        @Mixin
        DataOption data = new DataOption();

        @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits and dashes. Never given twice.")
        String name = "";

        @Option(names = "--group", paramLabel = "GROUP", description = "A group that rules name; may be repeated.")
        List<String> groups = List.of();

        @Option(
                names = "--password-file",
                paramLabel = "FILE",
                description = "Reads the password from FILE: a secret never stands in an argument.")
        Optional<Path> passwordFile = Optional.empty();

        @Option(names = "--administrator", description = "May change accounts and rules.")
        boolean administrator;

        Add(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            AddUserRequest request = AddUserRequest.newBuilder()
                    .setName(name)
                    .addAllGroups(groups)
                    .setPassword(passwordFile.map(this::password).orElse(""))
                    .setAdministrator(administrator)
                    .build();
            try (AdminConnection control = data.connect(surroundings)) {
                AddUserReply reply = control.call(stub -> stub.addUser(request));
                surroundings.err().println((reply.getCreated() ? "made " : "already there: ") + name);
            }
            return CommandLines.DONE;
        }

        private String password(Path file) {
            try {
                return Files.readString(surroundings.workingFolder().resolve(file), StandardCharsets.UTF_8)
                        .stripTrailing();
            } catch (IOException e) {
                throw StartCause.DATA_UNREADABLE
                        .with("path", file.toString(), "detail", e.getClass().getSimpleName())
                        .asException();
            }
        }
    }

    /** Ends an account's access at once. */
    @Command(
            name = "disable",
            description = "Ends an account's access, its tokens and the transfers that run with them.",
            mixinStandardHelpOptions = true)
    static final class Disable implements Callable<Integer> {
        private final Surroundings surroundings;

        @Mixin
        DataOption data = new DataOption();

        @Parameters(paramLabel = "NAME", description = "The account.")
        String name = "";

        Disable(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            try (AdminConnection control = data.connect(surroundings)) {
                control.call(stub -> stub.disableUser(
                        DisableUserRequest.newBuilder().setName(name).build()));
            }
            surroundings.err().println("disabled " + name);
            return CommandLines.DONE;
        }
    }
}
