package dev.gatehouse.app.configuration;

import dev.gatehouse.core.yaml.YamlNode;
import dev.gatehouse.core.yaml.YamlProblems;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What must hold between values that are each well-formed. */
final class ConfigurationRules {
    private static final Pattern SERVICE_NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.:-]{0,251}[a-z0-9])?");
    private static final Set<String> RESERVED = Set.of("forge", "control", "ingress", "sidecar");
    private static final Duration LEAF_LIFETIME_MIN = Duration.ofSeconds(2);
    private static final Duration LEAF_LIFETIME_MAX = Duration.ofDays(30);

    private final YamlNode.Mapping root;
    private final YamlProblems problems;

    ConfigurationRules(YamlNode.Mapping root, YamlProblems problems) {
        this.root = root;
        this.problems = problems;
    }

    void check(Configuration configuration) {
        for (String host : configuration.hosts()) {
            if (!HOST.matcher(host).matches()) {
                complain("'hosts' must be names or addresses in lower case; not '" + host + "'", "hosts");
            }
        }
        Configuration.WebCertificate web = configuration.webCertificate();
        if (web.certificateFile().isPresent() != web.keyFile().isPresent()) {
            complain("'web-certificate' needs both certificate-file and key-file", "web-certificate");
        }
        Duration leaf = configuration.identity().leafLifetime();
        if (leaf.compareTo(LEAF_LIFETIME_MIN) < 0 || leaf.compareTo(LEAF_LIFETIME_MAX) > 0) {
            complain("'leaf-lifetime' must be from 2s to 30d", "identity", "leaf-lifetime");
        }
        if (configuration.tokens().lifetime().compareTo(configuration.tokens().lifetimeMax()) > 0) {
            complain("'lifetime' exceeds lifetime-max", "tokens", "lifetime");
        }
        String database = configuration.database().url();
        if (!database.equals("sqlite") && !database.startsWith("postgresql://")) {
            complain("'url' must be sqlite or postgresql://...", "database", "url");
        }
        if (database.contains("password=")) {
            complain("'url' must not hold a password; use password-file", "database", "url");
        }
        services(configuration.services());
    }

    private void services(List<Configuration.Service> services) {
        Set<String> names = new HashSet<>();
        Set<String> prefixes = new HashSet<>();
        for (int i = 0; i < services.size(); i++) {
            Configuration.Service service = services.get(i);
            YamlNode at = entry(i);
            if (!SERVICE_NAME.matcher(service.name()).matches() || RESERVED.contains(service.name())) {
                problems.add(at, "'" + service.name() + "' cannot be a service's name");
            }
            if (!service.pathPrefix().startsWith("/") || service.pathPrefix().startsWith("/-/")) {
                problems.add(
                        at, "'path-prefix' must start with / and not with /-/; not '" + service.pathPrefix() + "'");
            }
            if (!names.add(service.name())) {
                problems.add(at, "the service '" + service.name() + "' stands here twice");
            }
            if (!prefixes.add(service.pathPrefix())) {
                problems.add(at, "the path-prefix '" + service.pathPrefix() + "' stands here twice");
            }
            if (service.listen().port() == 0) {
                problems.add(at, "'listen' of '" + service.name() + "' needs a port");
            }
        }
    }

    private YamlNode entry(int index) {
        return root.value("services")
                .filter(YamlNode.Sequence.class::isInstance)
                .map(list -> ((YamlNode.Sequence) list).items().get(index))
                .orElse(root);
    }

    /** Complains at the deepest of {@code path} that is written. */
    private void complain(String message, String... path) {
        YamlNode at = root;
        for (String key : path) {
            Optional<YamlNode> next = at instanceof YamlNode.Mapping map ? map.value(key) : Optional.empty();
            if (next.isEmpty()) {
                break;
            }
            at = next.get();
        }
        problems.add(at, message);
    }
}
