package dev.gatehouse.control;

import dev.gatehouse.control.policy.PolicyChange;
import dev.gatehouse.control.policy.PolicyStore;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.store.StateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules between their file and the database. The file is what people edit, so what is set by a command is written to it too: otherwise the
 * next start would bring the old rules back.
 */
final class PolicyControl {
    private static final Logger log = LoggerFactory.getLogger(PolicyControl.class);

    private final PolicyStore store;
    private final Optional<Path> file;

    PolicyControl(PolicyStore store, Optional<Path> file) {
        this.store = store;
        this.file = file;
    }

    /** Brings the file into force at the start. A bad one is only survived where other rules are in force. */
    void start() {
        Optional<PolicyChange> change = reload();
        if (change.isPresent()
                && change.get() instanceof PolicyChange.Refused refused
                && store.current().isEmpty()) {
            throw refused.failure().asException();
        }
    }

    /** Empty where there is no file. */
    Optional<PolicyChange> reload() {
        return file.filter(Files::exists).map(path -> {
            PolicyChange change = store.load(path);
            if (change instanceof PolicyChange.Refused refused) {
                log.warn("{}; the old rules stay in force", refused.failure().message());
            }
            return change;
        });
    }

    PolicyChange set(String name, String text) {
        if (file.isEmpty()) {
            return store.set(name, text);
        }
        Path path = file.get();
        String ownName = String.valueOf(path.getFileName());
        PolicyChange checked = store.check(ownName, text);
        if (checked instanceof PolicyChange.Refused) {
            return checked;
        }
        write(path, text);
        return store.set(ownName, text);
    }

    private static void write(Path path, String text) {
        try {
            StateFiles.replace(path, text.getBytes(StandardCharsets.UTF_8), StateFiles.PUBLIC);
        } catch (IOException e) {
            throw StartCause.NOT_PERMITTED
                    .with("path", path.toString(), "detail", e.toString())
                    .asException();
        }
    }
}
