package dev.gatehouse.app.role;

import dev.gatehouse.app.configuration.Configuration;
import dev.gatehouse.app.configuration.ConfigurationFile;
import dev.gatehouse.app.configuration.ConfigurationPage;
import dev.gatehouse.app.configuration.Endpoint;
import dev.gatehouse.app.data.DataFolder;
import dev.gatehouse.app.data.DataLock;
import dev.gatehouse.app.data.PrivateFiles;
import dev.gatehouse.app.data.RuntimeFolder;
import dev.gatehouse.core.audit.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/**
 * What every role has before it starts: the data folder to itself, the configuration, the log, and the folder for sockets.
 *
 * @param plan what was asked for
 * @param data exists, and is locked for the roles
 * @param configuration as the file says
 * @param runtime where the sockets go
 * @param lock held until the process ends
 */
record Preparation(StartPlan plan, DataFolder data, Configuration configuration, RuntimeFolder runtime, DataLock lock)
        implements AutoCloseable {
    static Preparation of(StartPlan plan, Collection<Role> roles) {
        DataFolder data = plan.data().create();
        DataLock lock = DataLock.take(data, roles);
        boolean ready = false;
        try {
            Path file = plan.configurationFile().orElseGet(data::configurationFile);
            if (plan.configurationFile().isEmpty() && !Files.exists(file)) {
                write(file, ConfigurationPage.firstFile());
            }
            Configuration configuration = ConfigurationFile.load(file);
            LogFolder.use(
                    data.logs(),
                    roles.size() > 1 ? "gatehouse" : roles.iterator().next().label());
            Preparation preparation =
                    new Preparation(plan, data, configuration, runtimeFolder(plan, data, roles), lock);
            ready = true;
            return preparation;
        } finally {
            if (!ready) {
                lock.close();
            }
        }
    }

    /** The rules to begin with, where there are none yet. */
    void writeFirstPolicy(String text) {
        if (!Files.exists(data.policyFile())) {
            write(data.policyFile(), text);
        }
    }

    /** Where clients arrive. */
    Endpoint listen() {
        return plan.listen().orElseGet(configuration::listen);
    }

    /** Control makes the folder; the other roles use the one that is noted, so that they find control's socket. */
    private static RuntimeFolder runtimeFolder(StartPlan plan, DataFolder data, Collection<Role> roles) {
        Optional<RuntimeFolder> noted = roles.contains(Role.CONTROL)
                ? Optional.empty()
                : RuntimeFolder.find(data).filter(folder -> Files.isDirectory(folder.path()));
        return noted.orElseGet(() -> RuntimeFolder.create(data, plan.runtimeBase(), plan.temporary()));
    }

    private static void write(Path file, String text) {
        PrivateFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        lock.close();
    }
}
