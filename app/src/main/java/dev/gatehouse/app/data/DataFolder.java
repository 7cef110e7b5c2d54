package dev.gatehouse.app.data;

import dev.gatehouse.core.audit.Role;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.StartCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What lies where under {@code DIR}. Folders are made with mode 0700 as they are asked for; nobody but the operator reads the keys.
 *
 * @param root absolute, and without symbolic links where it exists
 */
public record DataFolder(Path root) {
    /** The folder at {@code path}, which need not exist. */
    public static DataFolder at(Path path) {
        try {
            return new DataFolder(
                    Files.exists(path)
                            ? path.toRealPath()
                            : path.toAbsolutePath().normalize());
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** The same folder, which now exists. */
    public DataFolder create() {
        PrivateFiles.createFolder(root);
        return at(root);
    }

    /** The configuration, for people to edit. */
    public Path configurationFile() {
        return root.resolve("gatehouse.yaml");
    }

    /** The rules, for people to edit. */
    public Path policyFile() {
        return root.resolve("policy.yaml");
    }

    /** What developers' machines trust. */
    public Path webAuthorityFile() {
        return root.resolve("ca.pem");
    }

    /** The SQLite database; not used with PostgreSQL. */
    public Path databaseFile() {
        return root.resolve("gatehouse.db");
    }

    /** The authority's keys, sealed. */
    public Path keys() {
        return folder("keys");
    }

    /** The repositories, each under an opaque name. */
    public Path repositories() {
        return folder("repositories");
    }

    /** The journal of one role. */
    public Path spool(Role role) {
        return folder("spool").resolve(role.label());
    }

    /** What one role keeps for its own restart: its identity and the last snapshot. */
    public Path node(Role role) {
        Path folder = folder("nodes").resolve(role.label());
        PrivateFiles.createFolder(folder);
        return folder;
    }

    /** The logs. */
    public Path logs() {
        return folder("logs");
    }

    /** Names the folder with the sockets of the running instance. */
    Path runtimePointer() {
        return root.resolve("runtime");
    }

    Path lockFile(Role role) {
        return folder("lock").resolve(role.label());
    }

    private Path folder(String name) {
        Path folder = root.resolve(name);
        PrivateFiles.createFolder(folder);
        return folder;
    }

    static FailureException unreadable(Path path, IOException e) {
        String detail = e.getMessage() == null || e.getMessage().equals(path.toString())
                ? e.getClass().getSimpleName()
                : e.getMessage();
        return StartCause.DATA_UNREADABLE
                .with("path", path.toString(), "detail", detail)
                .asException();
    }
}
