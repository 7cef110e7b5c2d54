package dev.gatehouse.app.cli;

import dev.gatehouse.app.configuration.Endpoint;
import dev.gatehouse.app.role.StartPlan;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command that starts a role takes. */
final class StartOptions {
    @Mixin
    DataOption data = new DataOption();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            converter = EndpointConverter.class,
            description = "Where it listens, instead of what the configuration says.")
    Optional<Endpoint> listen = Optional.empty();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration. Default: DIR/gatehouse.yaml, written at the first start.")
    Optional<Path> configuration = Optional.empty();

    StartPlan plan(Surroundings surroundings, boolean demo) {
        return new StartPlan(
                data.folder(surroundings),
                configuration.map(surroundings.workingFolder()::resolve),
                listen,
                demo,
                surroundings.variable("XDG_RUNTIME_DIR").map(Path::of),
                Path.of(System.getProperty("java.io.tmpdir")),
                surroundings.clock(),
                surroundings.out());
    }
}
