package dev.gatehouse.core.policy;

import dev.gatehouse.core.identity.TrustDomain;
import dev.gatehouse.core.yaml.MapReader;
import dev.gatehouse.core.yaml.YamlLimits;
import dev.gatehouse.core.yaml.YamlNode;
import dev.gatehouse.core.yaml.YamlProblem;
import dev.gatehouse.core.yaml.YamlProblems;
import dev.gatehouse.core.yaml.YamlReader;
import dev.gatehouse.core.yaml.YamlReading;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Turns the text of {@code policy.yaml} into a {@link Policy}. Immutable; safe for all threads. */
public final class PolicyCompiler {
    /** The one form of the file there is. */
    private static final String VERSION = "1";

    private static final int RULES_MAX = 5_000;
    private static final int DIGEST_LENGTH = 12;

    private final TrustDomain trustDomain;
    private final YamlReader reader;

    /** @param trustDomain where a workload is from that a rule names without one */
    public PolicyCompiler(TrustDomain trustDomain) {
        this.trustDomain = trustDomain;
        this.reader = new YamlReader(YamlLimits.DEFAULT);
    }

    /**
     * Compiles {@code text}.
     *
     * @param file its name, quoted in problems and decisions
     * @param number the version's number, if it is accepted
     */
    public PolicyCompilation compile(String file, String text, long number) {
        return switch (reader.read(file, text)) {
            case YamlReading.Unreadable(YamlProblem problem) ->
                new PolicyCompilation.Rejected(List.of(invalid(problem)));
            case YamlReading.Read(YamlNode.Mapping root) ->
                compile(root, new YamlProblems(file), new PolicyVersion(number, digest(text)));
        };
    }

    private PolicyCompilation compile(YamlNode.Mapping root, YamlProblems problems, PolicyVersion version) {
        MapReader document = new MapReader(root, problems);
        document.require("version");
        document.scalar("version").ifPresent(form -> {
            if (!form.text().equals(VERSION)) {
                document.report(form, "'version' must be 1, the only form there is; not '" + form.text() + "'");
            }
        });
        Map<String, List<String>> localGroups = localGroups(document);
        document.require("rules");
        List<MapReader> entries = document.maps("rules");
        document.finish();
        if (entries.size() > RULES_MAX) {
            document.report(entries.get(RULES_MAX).mapping(), "more than " + RULES_MAX + " rules");
            return rejected(problems);
        }
        List<RuleEntry> rules = rules(entries, new RuleReader(problems.file(), trustDomain), localGroups);
        if (!problems.isEmpty()) {
            return rejected(problems);
        }
        RuleChecks checks = new RuleChecks(problems.file(), rules);
        if (checks.locksEveryoneOut()) {
            return new PolicyCompilation.Rejected(List.of(new PolicyProblem(
                    PolicyProblem.Kind.LOCKS_EVERYONE_OUT,
                    problems.file(),
                    root.line(),
                    root.column(),
                    "no rule allows anybody to read or push any repository")));
        }
        Policy policy =
                Policy.of(version, rules.stream().map(RuleEntry::compiled).toList());
        return new PolicyCompilation.Compiled(policy, checks.warnings());
    }

    /** The members of each local group, as keys of persons. */
    private static Map<String, List<String>> localGroups(MapReader document) {
        Map<String, List<String>> groups = new HashMap<>();
        document.map("groups").ifPresent(map -> {
            for (YamlNode.Entry entry : map.entries()) {
                String group = entry.key().text();
                List<String> members = new ArrayList<>();
                if (!(entry.value() instanceof YamlNode.Sequence list
                        && list.items().isEmpty())) {
                    for (YamlNode.Scalar member : map.scalars(group)) {
                        UserName.parse(member.text())
                                .ifPresentOrElse(
                                        members::add, () -> map.report(member, UserName.problem(member.text())));
                    }
                }
                groups.put(group, List.copyOf(members));
            }
        });
        return groups;
    }

    private static List<RuleEntry> rules(
            List<MapReader> entries, RuleReader rules, Map<String, List<String>> localGroups) {
        List<RuleEntry> read = new ArrayList<>();
        Map<String, Integer> lineById = new HashMap<>();
        for (MapReader entry : entries) {
            rules.read(entry).ifPresent(parts -> {
                Integer first =
                        lineById.putIfAbsent(parts.rule().id(), parts.rule().line());
                if (first != null) {
                    entry.report(
                            entry.mapping().value("id").orElse(entry.mapping()),
                            "the ID '" + parts.rule().id() + "' is taken by the rule in line " + first);
                }
                read.add(new RuleEntry(parts.compile(read.size(), localGroups), entry.mapping()));
            });
        }
        return read;
    }

    private static PolicyCompilation rejected(YamlProblems problems) {
        return new PolicyCompilation.Rejected(
                problems.all().stream().map(PolicyCompiler::invalid).toList());
    }

    private static PolicyProblem invalid(YamlProblem problem) {
        return new PolicyProblem(
                PolicyProblem.Kind.INVALID, problem.file(), problem.line(), problem.column(), problem.message());
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGEST_LENGTH);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
