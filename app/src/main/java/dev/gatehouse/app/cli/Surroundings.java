package dev.gatehouse.app.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What a command sees of the world around it.
 *
 * @param out what was asked for
 * @param err everything else
 * @param environment the environment variables
 * @param checkout the checkout that the launcher belongs to; empty where there is none
 * @param workingFolder what relative paths are relative to
 * @param clock the time
 */
public record Surroundings(
        PrintWriter out,
        PrintWriter err,
        Map<String, String> environment,
        Optional<Path> checkout,
        Path workingFolder,
        Clock clock) {
    /** Those of this process. */
    public static Surroundings ofThisProcess() {
        return new Surroundings(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                System.getenv(),
                Optional.ofNullable(System.getProperty("gatehouse.home")).map(Path::of),
                Path.of("").toAbsolutePath(),
                Clock.systemUTC());
    }

    /** Where the data is when nobody says. */
    Path defaultDataFolder() {
        Optional<Path> shared =
                variable("XDG_DATA_HOME").map(folder -> Path.of(folder).resolve("gatehouse"));
        return shared.or(() -> checkout.map(folder -> folder.resolve("data")))
                .orElseGet(() -> Path.of(variable("HOME").orElse("/"), ".local", "share", "gatehouse"));
    }

    /** The variable called {@code name}; empty where it is unset or empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
