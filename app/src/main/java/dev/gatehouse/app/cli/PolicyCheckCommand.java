package dev.gatehouse.app.cli;

import dev.gatehouse.core.policy.PolicyCompilation;
import dev.gatehouse.core.policy.PolicyCompiler;
import dev.gatehouse.core.policy.PolicyProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Whether rules can be used; needs no running instance. */
@Command(
        name = "check",
        description = "Says whether the rules in FILE can be used, and what somebody should look at.",
        mixinStandardHelpOptions = true)
final class PolicyCheckCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    DataOption data = new DataOption();

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The rules. Default: DIR/policy.yaml.")
    Optional<Path> file = Optional.empty();

    PolicyCheckCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Path policy = file.orElseGet(() -> data.folder(surroundings).policyFile());
        String text = PolicyCommand.read(surroundings, policy);
        PolicyCompiler compiler = new PolicyCompiler(
                PolicyQuestion.trustDomain(data.folder(surroundings).policyFile()));
        return switch (compiler.compile(policy.toString(), text, 0)) {
            case PolicyCompilation.Compiled compiled -> {
                print(compiled.warnings());
                surroundings
                        .out()
                        .println(policy + ": " + compiled.policy().rules().size() + " rules, usable");
                yield CommandLines.DONE;
            }
            case PolicyCompilation.Rejected rejected -> {
                print(rejected.problems());
                yield CommandLines.FAILED;
            }
        };
    }

    private void print(List<PolicyProblem> problems) {
        for (PolicyProblem problem : problems) {
            if (problem.fatal()) {
                CommandLines.show(surroundings, problem.failure());
            } else {
                surroundings.err().println(problem);
            }
        }
    }
}
