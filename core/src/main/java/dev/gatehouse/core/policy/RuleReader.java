package dev.gatehouse.core.policy;

import dev.gatehouse.core.identity.TrustDomain;
import dev.gatehouse.core.yaml.MapReader;
import dev.gatehouse.core.yaml.YamlNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one rule, and reports all that is wrong with it. */
final class RuleReader {
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,100}");
    private static final String ACTIONS =
            Stream.of(Action.values()).map(Action::label).collect(Collectors.joining(", "));
    private static final int GLOBS_MAX = 1_000;
    /** What is shown in a terminal has to fit one; a longer fact would be cut there. */
    private static final int TEXT_LENGTH_MAX = 400;

    private final String file;
    private final WhoReader whoReader;

    RuleReader(String file, TrustDomain trustDomain) {
        this.file = file;
        this.whoReader = new WhoReader(trustDomain);
    }

    /** The rule; empty where it lacks what every rule must have. Problems may have been reported either way. */
    Optional<RuleParts> read(MapReader entry) {
        entry.require("id");
        Optional<String> id = entry.scalar("id").flatMap(scalar -> id(entry, scalar));
        List<YamlNode.Scalar> allowed = entry.scalars("allow");
        List<YamlNode.Scalar> forbidden = entry.scalars("forbid");
        Effect effect = entry.mapping().value("forbid").isPresent() ? Effect.FORBID : Effect.ALLOW;
        if (entry.mapping().value("allow").isPresent()
                == entry.mapping().value("forbid").isPresent()) {
            entry.report(entry.mapping(), "a rule must have either 'allow' or 'forbid'");
        }
        List<YamlNode.Scalar> actionNodes = effect == Effect.FORBID ? forbidden : allowed;
        Set<Action> actions = actions(entry, actionNodes);
        if (effect == Effect.ALLOW) {
            entry.require("who");
        }
        Who who = whoReader.read(entry, "who").orElse(Who.everyone());
        Optional<Who> except = whoReader.read(entry, "except");
        List<YamlNode.Scalar> repositoryNodes = entry.scalars("repos");
        List<YamlNode.Scalar> refNodes = entry.scalars("refs");
        List<YamlNode.Scalar> serviceNodes = entry.scalars("services");
        String explain = text(entry, "explain");
        String remedy = text(entry, "remedy");
        entry.finish();

        checkResources(entry, actionNodes, actions);
        checkNumber(entry, repositoryNodes);
        checkNumber(entry, refNodes);
        checkNumber(entry, serviceNodes);
        List<RepositoryGlob> repositories = repositories(entry, repositoryNodes);
        refNodes.forEach(ref -> GlobChecks.ref(ref.text()).ifPresent(problem -> entry.report(ref, problem)));
        serviceNodes.forEach(
                service -> GlobChecks.service(service.text()).ifPresent(problem -> entry.report(service, problem)));
        return id.map(name -> new RuleParts(
                new Rule(
                        new RuleReference(name, file, entry.mapping().line()),
                        effect,
                        actions,
                        who,
                        except,
                        texts(repositoryNodes),
                        texts(refNodes),
                        texts(serviceNodes),
                        explain,
                        remedy),
                repositories));
    }

    private static Optional<String> id(MapReader entry, YamlNode.Scalar scalar) {
        if (ID.matcher(scalar.text()).matches() && !scalar.text().equals(RuleReference.DEFAULT)) {
            return Optional.of(scalar.text());
        }
        entry.report(
                scalar,
                scalar.text().equals(RuleReference.DEFAULT)
                        ? "the ID '" + RuleReference.DEFAULT + "' stands for \"no rule allows it\": choose another"
                        : "an ID is made of a-z, 0-9 and dashes, 100 at most; not '" + scalar.text() + "'");
        return Optional.empty();
    }

    private static Set<Action> actions(MapReader entry, List<YamlNode.Scalar> nodes) {
        Set<Action> actions = EnumSet.noneOf(Action.class);
        for (YamlNode.Scalar node : nodes) {
            Optional<Action> action = Action.parse(node.text());
            if (action.isEmpty()) {
                entry.report(node, "'" + node.text() + "' is not an action; they are " + ACTIONS);
            } else if (!actions.add(action.get())) {
                entry.report(node, "'" + node.text() + "' is here twice");
            }
        }
        return actions;
    }

    /** Actions and resources must fit each other, or the rule would never apply. */
    private static void checkResources(MapReader entry, List<YamlNode.Scalar> actionNodes, Set<Action> actions) {
        Optional<YamlNode> repositories = entry.mapping().value("repos");
        Optional<YamlNode> services = entry.mapping().value("services");
        Optional<YamlNode> refs = entry.mapping().value("refs");
        if (repositories.isPresent() == services.isPresent()) {
            entry.report(services.orElse(entry.mapping()), "a rule must have either 'repos' or, for call, 'services'");
            return;
        }
        for (YamlNode.Scalar node : actionNodes) {
            boolean isCall = node.text().equals(Action.CALL.label());
            if (isCall && repositories.isPresent()) {
                entry.report(node, "'call' is for services: it cannot apply to 'repos'");
            } else if (!isCall
                    && services.isPresent()
                    && Action.parse(node.text()).isPresent()) {
                entry.report(node, "'" + node.text() + "' is for repositories: it cannot apply to 'services'");
            }
        }
        if (refs.isPresent() && services.isPresent()) {
            entry.report(refs.get(), "'refs' is for repositories: a service has none");
        } else if (refs.isPresent()) {
            actions.stream()
                    .filter(action -> !RefActions.ALL.contains(action) && action != Action.CALL)
                    .forEach(action -> entry.report(
                            refs.get(),
                            "'refs' is for push, force-push and delete: '" + action.label()
                                    + "' cannot be told apart by ref; write it as a rule of its own"));
        }
    }

    private static void checkNumber(MapReader entry, List<YamlNode.Scalar> nodes) {
        if (nodes.size() > GLOBS_MAX) {
            entry.report(nodes.get(GLOBS_MAX), "more than " + GLOBS_MAX + " globs");
        }
    }

    private static List<RepositoryGlob> repositories(MapReader entry, List<YamlNode.Scalar> nodes) {
        List<RepositoryGlob> globs = new ArrayList<>();
        for (YamlNode.Scalar node : nodes) {
            Optional<String> problem = GlobChecks.repository(node.text());
            problem.ifPresent(message -> entry.report(node, message));
            if (problem.isEmpty()) {
                RepositoryGlob.parse(node.text()).ifPresent(globs::add);
            }
        }
        return globs;
    }

    private static String text(MapReader entry, String key) {
        Optional<YamlNode.Scalar> scalar = entry.scalar(key);
        String text = scalar.map(YamlNode.Scalar::text).map(String::strip).orElse("");
        if (scalar.isPresent() && (text.isEmpty() || text.length() > TEXT_LENGTH_MAX || text.contains("\n"))) {
            entry.report(scalar.get(), "'" + key + "' must be one line of " + TEXT_LENGTH_MAX + " characters at most");
        }
        return text;
    }

    private static List<String> texts(List<YamlNode.Scalar> nodes) {
        return nodes.stream().map(YamlNode.Scalar::text).toList();
    }
}
