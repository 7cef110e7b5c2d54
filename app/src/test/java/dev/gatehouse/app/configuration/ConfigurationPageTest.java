package dev.gatehouse.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ConfigurationPageTest {
    private static final Path PAGE =
            Path.of(Objects.requireNonNull(System.getProperty("gatehouse.checkout")), "docs", "configuration.md");

    /** The page pins every key and every default: a change of either shows in it. */
    @Test
    void thePageListsEveryKeyWithItsDefault() throws IOException {
        if (Boolean.getBoolean("gatehouse.write")) {
            Files.createDirectories(Objects.requireNonNull(PAGE.getParent()));
            Files.writeString(PAGE, ConfigurationPage.markdown());
        }

        assertThat(Files.readString(PAGE)).isEqualTo(ConfigurationPage.markdown());
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
