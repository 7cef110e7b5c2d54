package dev.gatehouse.app.cli;

import dev.gatehouse.app.transport.AdminConnection;
import dev.gatehouse.core.cause.Causes;
import dev.gatehouse.core.cause.PolicyCause;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.proto.v1.PolicyProblem;
import dev.gatehouse.proto.v1.SetPolicyReply;
import dev.gatehouse.proto.v1.SetPolicyRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The rules. */
@Command(
        name = "policy",
        description = "Checks rules and puts them in force.",
        mixinStandardHelpOptions = true,
        subcommands = {PolicyCheckCommand.class, PolicyCommand.Set.class})
final class PolicyCommand extends CommandGroup {
    /** Puts rules in force. */
    @Command(
            name = "set",
            description = "Puts the rules in FILE in force, or says why not; then the old ones stay.",
            mixinStandardHelpOptions = true)
    static final class Set implements Callable<Integer> {
        private final Surroundings surroundings;

        @Mixin
        DataOption data = new DataOption();

        @Parameters(paramLabel = "FILE", description = "The rules.")
        Path file = Path.of("");

        Set(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            String text = read(surroundings, file);
            SetPolicyRequest request = SetPolicyRequest.newBuilder()
                    .setFile(file.getFileName().toString())
                    .setText(text)
                    .build();
            try (AdminConnection control = data.connect(surroundings)) {
                SetPolicyReply reply = control.call(stub -> stub.setPolicy(request));
                boolean refused = false;
                for (PolicyProblem problem : reply.getProblemsList()) {
                    show(problem);
                    refused |= problem.getFatal();
                }
                if (refused) {
                    return CommandLines.FAILED;
                }
                surroundings.err().println("policy " + reply.getNumber() + " is in force");
            }
            return CommandLines.DONE;
        }

        private void show(PolicyProblem problem) {
            if (!problem.getFatal()) {
                surroundings
                        .err()
                        .println(file + ":" + problem.getLine() + ":" + problem.getColumn() + ": warning: "
                                + problem.getMessage());
                return;
            }
            CommandLines.show(
                    surroundings,
                    Causes.byCode(problem.getCode())
                            .orElse(PolicyCause.POLICY_INVALID)
                            .with(
                                    "file",
                                    file.toString(),
                                    "line",
                                    Integer.toString(problem.getLine()),
                                    "column",
                                    Integer.toString(problem.getColumn()),
                                    "detail",
                                    problem.getMessage()));
        }
    }

    static String read(Surroundings surroundings, Path file) {
        try {
            return Files.readString(surroundings.workingFolder().resolve(file));
        } catch (IOException e) {
            throw StartCause.DATA_UNREADABLE
                    .with("path", file.toString(), "detail", e.getClass().getSimpleName())
                    .asException();
        }
    }
}
