package dev.gatehouse.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ConfigurationPageTest {
    private static final Path PAGE =
            Path.of(Objects.requireNonNull(System.getProperty("gatehouse.checkout")), "docs", "configuration.md");

    private static final Pattern NAMED_LIMIT = Pattern.compile("\\blimits\\.[a-z]+(-[a-z]+)*\\b(?!\\()");

    /** The page pins every key and every default: a change of either shows in it. */
    @Test
    void thePageListsEveryKeyWithItsDefault() throws IOException {
        if (Boolean.getBoolean("gatehouse.write")) {
            Files.createDirectories(Objects.requireNonNull(PAGE.getParent()));
            Files.writeString(PAGE, ConfigurationPage.markdown());
        }

        assertThat(Files.readString(PAGE)).isEqualTo(ConfigurationPage.markdown());
    }

    /** A message that says which limit was hit is of no use where that limit cannot be set. */
    @Test
    void everyLimitThatAMessageNamesIsAKey() throws IOException {
        Path checkout = Path.of(Objects.requireNonNull(System.getProperty("gatehouse.checkout")));
        Set<String> named = new TreeSet<>();
        for (String module : List.of("core", "git", "proxy", "forge", "spool", "control")) {
            try (Stream<Path> sources = Files.walk(checkout.resolve(module).resolve("src/main/java"))) {
                for (Path source : sources.filter(file -> file.toString().endsWith(".java"))
                        .toList()) {
                    NAMED_LIMIT
                            .matcher(Files.readString(source))
                            .results()
                            .map(MatchResult::group)
                            .forEach(named::add);
                }
            }
        }

        assertThat(named).contains("limits.push-refs", "limits.fetch-wants");
        assertThat(named)
                .allSatisfy(key -> assertThat(ConfigurationPage.markdown()).contains("| `" + key + "` |"));
    }

    @Test
    void theFirstFileSaysWhatAnEmptyOneSays() {
        Configuration first = ConfigurationFile.parse("gatehouse.yaml", ConfigurationPage.firstFile());

        assertThat(first).isEqualTo(ConfigurationFile.defaults());
    }

    @Test
    void theFirstFileCanBeUncommentedAsItStands() {
        String uncommented = ConfigurationPage.firstFile()
                .lines()
                .filter(line -> line.startsWith("# ") && !line.strip().endsWith(":") && !line.contains("..."))
                .filter(line -> !line.startsWith("# Gatehouse's") && !line.startsWith("# (and"))
                .filter(line -> !line.startsWith("#  "))
                .map(line -> line.substring(2))
                .collect(Collectors.joining("\n"));

        assertThat(ConfigurationFile.parse("gatehouse.yaml", uncommented)).isEqualTo(ConfigurationFile.defaults());
    }
}
