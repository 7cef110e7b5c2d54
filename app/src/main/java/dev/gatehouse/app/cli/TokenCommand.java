package dev.gatehouse.app.cli;

import dev.gatehouse.app.transport.AdminConnection;
import dev.gatehouse.proto.TimeMapping;
import dev.gatehouse.proto.v1.IssueTokenReply;
import dev.gatehouse.proto.v1.IssueTokenRequest;
import dev.gatehouse.proto.v1.RevokeTokenRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Access tokens, for an operator on the machine. */
@Command(
        name = "token",
        description = "Issues and revokes access tokens.",
        mixinStandardHelpOptions = true,
        subcommands = {TokenCommand.Issue.class, TokenCommand.Revoke.class})
final class TokenCommand extends CommandGroup {
    /** Prints the token alone, so that it can be piped into a password manager. */
    @Command(
            name = "issue",
            description = "Prints an access token, and nothing else on standard output.",
            mixinStandardHelpOptions = true)
    static final class Issue implements Callable<Integer> {
        private final Surroundings surroundings;

        @Mixin
        DataOption data = new DataOption();

        @Option(names = "--user", paramLabel = "NAME", required = true, description = "Whose token it is.")
        String user = "";

        @Option(
                names = "--ttl",
                paramLabel = "DURATION",
                converter = DurationConverter.class,
                description = "How long it is good for, such as 1h. Default: tokens.lifetime.")
        Optional<Duration> lifetime = Optional.empty();

        @Option(names = "--note", paramLabel = "TEXT", description = "What it is for, for the list of tokens.")
        Optional<String> note = Optional.empty();

        Issue(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            IssueTokenRequest.Builder request = IssueTokenRequest.newBuilder().setUser(user);
            lifetime.ifPresent(wanted -> request.setLifetime(TimeMapping.toMessage(wanted)));
            note.ifPresent(request::setNote);
            try (AdminConnection control = data.connect(surroundings)) {
                IssueTokenReply reply = control.call(stub -> stub.issueToken(request.build()));
                surroundings.out().println(reply.getToken());
                surroundings
                        .err()
                        .println("token " + reply.getId() + ", good until "
                                + TimeMapping.fromMessage(reply.getExpiresAt()));
            }
            return CommandLines.DONE;
        }
    }

    /** Ends a token, and what runs with it. */
    @Command(
            name = "revoke",
            description = "Ends a token, and the transfers that run with it.",
            mixinStandardHelpOptions = true)
    static final class Revoke implements Callable<Integer> {
        private final Surroundings surroundings;

        @Mixin
        DataOption data = new DataOption();

        @Parameters(paramLabel = "ID", description = "The token's public ID, as issue printed it.")
        String id = "";

        Revoke(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            try (AdminConnection control = data.connect(surroundings)) {
                control.call(stub -> stub.revokeToken(
                        RevokeTokenRequest.newBuilder().setId(id).build()));
            }
            surroundings.err().println("revoked " + id);
            return CommandLines.DONE;
        }
    }
}
