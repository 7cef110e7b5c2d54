package dev.gatehouse.core.policy;

import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.identity.TrustDomain;
import dev.gatehouse.core.yaml.MapReader;
import dev.gatehouse.core.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code who} and {@code except}. */
final class WhoReader {
    private static final String ANYONE = "anyone";
    private static final String FORMS = "write 'anyone', or {user: …}, {group: …}, {workload: …}";

    private final TrustDomain trustDomain;

    WhoReader(TrustDomain trustDomain) {
        this.trustDomain = trustDomain;
    }

    /** Whom {@code key} names; empty where the key is missing. A wrong one is reported, and reads as empty too. */
    Optional<Who> read(MapReader entry, String key) {
        return entry.node(key).flatMap(node -> switch (node) {
            case YamlNode.Scalar scalar when scalar.text().equals(ANYONE) -> Optional.of(Who.everyone());
            case YamlNode.Scalar scalar -> {
                entry.report(scalar, "'" + key + "' cannot be '" + scalar.text() + "': " + FORMS);
                yield Optional.empty();
            }
            case YamlNode.Sequence list -> {
                entry.report(list, "'" + key + "' cannot be a list: " + FORMS);
                yield Optional.empty();
            }
            case YamlNode.Mapping map -> entry.map(key).map(inner -> names(inner, map, key));
        });
    }

    private Who names(MapReader names, YamlNode.Mapping map, String key) {
        List<String> users = new ArrayList<>();
        for (YamlNode.Scalar user : names.scalars("user")) {
            UserName.parse(user.text())
                    .ifPresentOrElse(users::add, () -> names.report(user, UserName.problem(user.text())));
        }
        List<String> groups = new ArrayList<>();
        for (YamlNode.Scalar group : names.scalars("group")) {
            if (group.text().isBlank()) {
                names.report(group, "a group must have a name");
            }
            groups.add(group.text());
        }
        List<SpiffeId> workloads = new ArrayList<>();
        for (YamlNode.Scalar workload : names.scalars("workload")) {
            workload(workload.text())
                    .ifPresentOrElse(
                            workloads::add,
                            () -> names.report(
                                    workload,
                                    "'" + workload.text() + "' is not a workload: write its name, or its SPIFFE ID"));
        }
        names.finish();
        if (map.entries().isEmpty()) {
            names.report(map, "'" + key + "' names nobody: " + FORMS);
        }
        return new Who(false, users, groups, workloads);
    }

    private Optional<SpiffeId> workload(String text) {
        return text.contains("/")
                ? SpiffeId.parse(text).filter(id -> !id.path().isEmpty())
                : SpiffeId.parse(trustDomain.id("/workload") + "/" + text);
    }
}
