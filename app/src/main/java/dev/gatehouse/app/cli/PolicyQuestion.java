package dev.gatehouse.app.cli;

import dev.gatehouse.app.configuration.ConfigurationFile;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.identity.TrustDomain;
import dev.gatehouse.core.policy.AccessRequest;
import dev.gatehouse.core.policy.Action;
import dev.gatehouse.core.policy.Decision;
import dev.gatehouse.core.policy.NearRule;
import dev.gatehouse.core.policy.Permit;
import dev.gatehouse.core.policy.Policy;
import dev.gatehouse.core.policy.PolicyCompilation;
import dev.gatehouse.core.policy.PolicyCompiler;
import dev.gatehouse.core.policy.Refusal;
import dev.gatehouse.core.policy.Resource;
import dev.gatehouse.core.repository.RefName;
import dev.gatehouse.core.repository.RepositoryName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * What would happen if somebody asked.
 *
 * @param request the question
 */
record PolicyQuestion(AccessRequest request) {
    /** Empty where repository or ref are missing or malformed. */
    static Optional<PolicyQuestion> of(
            String name, Set<String> groups, Action action, Optional<String> repository, Optional<String> ref) {
        Optional<RepositoryName> known = repository.flatMap(RepositoryName::parse);
        if (known.isEmpty() || (ref.isPresent() && RefName.parse(ref.get()).isEmpty())) {
            return Optional.empty();
        }
        Principal principal = SpiffeId.parse(name)
                .<Principal>map(Principal.Workload::new)
                .orElseGet(() -> Principal.Person.local(name, groups));
        Resource resource = ref.flatMap(RefName::parse)
                .<Resource>map(refName -> new Resource.Ref(known.get(), refName))
                .orElseGet(() -> action == Action.PUSH || action == Action.FORCE_PUSH
                        ? new Resource.SomeRef(known.get())
                        : new Resource.Repository(known.get()));
        return Optional.of(new PolicyQuestion(AccessRequest.of(principal, action, resource)));
    }

    /** Asks the rules in {@code file} and prints the answer. Exit status 0 also where it is no: the question was answered. */
    int answer(Surroundings surroundings, Path file, boolean asJson) {
        Policy policy = load(surroundings, file);
        Decision decision = policy.decide(request);
        if (asJson) {
            surroundings.out().println(JsonMapper.shared().writeValueAsString(json(decision)));
            return CommandLines.DONE;
        }
        switch (decision) {
            case Permit permit ->
                surroundings.out().println("allowed by rule " + permit.rule() + ", policy " + permit.version());
            case Refusal refusal -> {
                surroundings.out().println("refused: " + refusal.failure().message());
                surroundings.out().println("  remedy: " + refusal.failure().remedy());
                policy.nearest(request)
                        .forEach(near -> surroundings
                                .out()
                                .println("  near: rule " + near.rule().reference() + mismatches(near)));
            }
        }
        return CommandLines.DONE;
    }

    private static String mismatches(NearRule near) {
        return near.mismatches().stream()
                .map(mismatch -> "; " + mismatch.part().name().toLowerCase(Locale.ROOT) + " is " + mismatch.asked()
                        + ", the rule says " + mismatch.wanted())
                .collect(Collectors.joining());
    }

    private Map<String, Object> json(Decision decision) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("allowed", decision instanceof Permit);
        answer.put("action", request.action().label());
        answer.put("resource", request.resource().label());
        answer.put("rule", decision.rule().id());
        answer.put("file", decision.rule().file());
        answer.put("line", decision.rule().line());
        answer.put("policy", decision.version().toString());
        if (decision instanceof Refusal refusal) {
            answer.put("code", refusal.failure().cause().code());
            answer.put("message", refusal.failure().message());
            answer.put("remedy", refusal.failure().remedy());
        }
        return answer;
    }

    private static Policy load(Surroundings surroundings, Path file) {
        String text = PolicyCommand.read(surroundings, file);
        PolicyCompiler compiler = new PolicyCompiler(trustDomain(file));
        return switch (compiler.compile(file.getFileName().toString(), text, 0)) {
            case PolicyCompilation.Compiled compiled -> compiled.policy();
            case PolicyCompilation.Rejected rejected -> throw rejected.failure().asException();
        };
    }

    /** The trust domain of the installation that {@code policyFile} belongs to, or the default. */
    static TrustDomain trustDomain(Path policyFile) {
        Path configuration = policyFile.resolveSibling("gatehouse.yaml");
        return (Files.exists(configuration) ? ConfigurationFile.load(configuration) : ConfigurationFile.defaults())
                .trustDomain();
    }
}
