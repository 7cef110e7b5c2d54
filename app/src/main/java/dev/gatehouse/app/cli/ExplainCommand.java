package dev.gatehouse.app.cli;

import dev.gatehouse.app.explain.TraceRecords;
import dev.gatehouse.app.explain.TraceStory;
import dev.gatehouse.core.audit.AuditJson;
import dev.gatehouse.core.audit.AuditRecord;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.policy.Action;
import dev.gatehouse.core.trace.TraceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Why something happened, or would. */
@Command(
        name = "explain",
        description = "Tells every hop of one request and its cause; or, with --as, what would happen and why.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    DataOption data = new DataOption();

    @Mixin
    JsonOption json = new JsonOption();

    @Parameters(arity = "0..1", paramLabel = "TRACE", description = "The 32 hex digits that the answer carried.")
    Optional<String> trace = Optional.empty();

    @Option(names = "--as", paramLabel = "NAME", description = "An account, or the SPIFFE ID of a workload.")
    Optional<String> as = Optional.empty();

    @Option(names = "--group", paramLabel = "GROUP", description = "A group of that account; may be repeated.")
    Set<String> groups = new TreeSet<>();

    @Option(names = "--do", paramLabel = "ACTION", description = "read, push, force-push, create or delete.")
    Optional<String> action = Optional.empty();

    @Option(names = "--repo", paramLabel = "OWNER/NAME", description = "To which repository.")
    Optional<String> repository = Optional.empty();

    @Option(names = "--ref", paramLabel = "REF", description = "To which ref, such as refs/heads/main.")
    Optional<String> ref = Optional.empty();

    ExplainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (trace.isPresent() == as.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "give a TRACE, or --as NAME --do ACTION --repo OWNER/NAME");
        }
        return trace.isPresent() ? explainTrace(trace.get()) : explainQuestion(as.orElseThrow());
    }

    private int explainTrace(String text) {
        TraceId id = TraceId.parse(text)
                .orElseThrow(() -> StartCause.NO_SUCH_TRACE.with("trace", text).asException());
        List<AuditRecord> records = new TraceRecords(data.folder(surroundings)).find(id);
        if (json.wanted) {
            List<String> lines = records.stream().map(AuditJson::line).toList();
            surroundings.out().println("[" + String.join(",\n ", lines) + "]");
        } else {
            TraceStory.tell(id, records).forEach(surroundings.out()::println);
        }
        return CommandLines.DONE;
    }

    private int explainQuestion(String name) {
        Action wanted = action.flatMap(Action::parse)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--do must be read, push, force-push, create or delete"));
        PolicyQuestion question = PolicyQuestion.of(name, groups, wanted, repository, ref)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--repo must be OWNER/NAME in lower case, and --ref a full ref name"));
        return question.answer(surroundings, data.folder(surroundings).policyFile(), json.wanted);
    }
}
