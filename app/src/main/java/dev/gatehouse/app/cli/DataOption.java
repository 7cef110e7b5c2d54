package dev.gatehouse.app.cli;

import dev.gatehouse.app.data.DataFolder;
import dev.gatehouse.app.transport.AdminConnection;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --data DIR}, for every command that starts or asks an instance. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder. Default: $$XDG_DATA_HOME/gatehouse, or ./data beside a checkout.")
    Optional<Path> path = Optional.empty();

    DataFolder folder(Surroundings surroundings) {
        return DataFolder.at(
                path.map(surroundings.workingFolder()::resolve).orElseGet(surroundings::defaultDataFolder));
    }

    /** The admin socket of the instance that runs on the folder. */
    AdminConnection connect(Surroundings surroundings) {
        return AdminConnection.open(folder(surroundings));
    }
}
