package dev.gatehouse.app.cli;

import dev.gatehouse.app.explain.RecordLine;
import dev.gatehouse.app.transport.AdminConnection;
import dev.gatehouse.core.audit.AuditJson;
import dev.gatehouse.proto.v1.AuditEntry;
import dev.gatehouse.proto.v1.TailAuditRequest;
import dev.gatehouse.spool.RecordEncoding;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What happened. */
@Command(
        name = "audit",
        description = "Reads the audit log.",
        mixinStandardHelpOptions = true,
        subcommands = AuditCommand.Tail.class)
final class AuditCommand extends CommandGroup {
    /** The newest records. */
    @Command(
            name = "tail",
            description = "Prints the newest records, the newest last.",
            mixinStandardHelpOptions = true)
    static final class Tail implements Callable<Integer> {
        private static final int COUNT_MAX = 10_000;

        private final Surroundings surroundings;

        @Mixin
        DataOption data = new DataOption();

        @Mixin
        JsonOption json = new JsonOption();

        @Option(names = "--follow", description = "Go on printing what happens, until stopped.")
        boolean follow;

        @Option(
                names = {"-n", "--count"},
                paramLabel = "N",
                defaultValue = "20",
                description = "So many. Default: 20.")
        int count;

        @Option(names = "--trace", paramLabel = "TRACE", description = "Only those of one trace.")
        Optional<String> trace = Optional.empty();

        Tail(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            TailAuditRequest request = TailAuditRequest.newBuilder()
                    .setCount(Math.clamp(count, 1, COUNT_MAX))
                    .setFollow(follow)
                    .setTrace(trace.orElse(""))
                    .build();
            try (AdminConnection control = data.connect(surroundings)) {
                return follow
                        ? control.follow(stub -> print(stub.tailAudit(request)))
                        : control.call(stub -> print(stub.tailAudit(request)));
            }
        }

        private int print(Iterator<AuditEntry> entries) {
            while (entries.hasNext()) {
                print(entries.next());
            }
            return CommandLines.DONE;
        }

        private void print(AuditEntry entry) {
            String line = RecordEncoding.STANDARD
                    .decode(entry.getRecord().toByteArray())
                    .map(record -> json.wanted ? AuditJson.line(record) : RecordLine.of(record))
                    .orElseGet(() -> "record " + entry.getSequence() + " of " + entry.getNode()
                            + " is of a newer version than this command");
            surroundings.out().println(line);
        }
    }
}
