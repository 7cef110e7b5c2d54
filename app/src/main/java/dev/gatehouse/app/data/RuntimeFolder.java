package dev.gatehouse.app.data;

import dev.gatehouse.core.cause.StartCause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The short folder with the sockets of one instance: a Unix socket's path has room for 107 bytes, and {@code DIR} may be long. Its name is
 * made from DIR, and DIR holds a note of where it is, so that a command finds it whatever its environment is.
 *
 * @param path mode 0700, owned by this user
 */
public record RuntimeFolder(Path path) {
    /** {@code sun_path} has 108 bytes, the last of them zero (unix(7)). */
    public static final int SOCKET_PATH_BYTES_MAX = 107;

    private static final int NAME_DIGITS = 12;

    /** The folder for {@code data}, made and noted. {@code xdgRuntimeDir} is where it goes; without one, under {@code temporary}. */
    public static RuntimeFolder create(DataFolder data, Optional<Path> xdgRuntimeDir, Path temporary) {
        Path base = xdgRuntimeDir
                .filter(Files::isDirectory)
                .map(folder -> folder.resolve("gatehouse"))
                .orElseGet(() -> temporary.resolve("gatehouse-" + OwnUser.id()));
        PrivateFiles.createFolder(base);
        requireOurs(base);
        Path path = base.resolve(nameFor(data));
        PrivateFiles.createFolder(path);
        requireOurs(path);
        RuntimeFolder folder = new RuntimeFolder(path);
        folder.forgeOperatorSocket(); // the longest name there is
        PrivateFiles.write(data.runtimePointer(), path.toString().getBytes(StandardCharsets.UTF_8));
        return folder;
    }

    /** The folder of the instance that runs on {@code data}; empty where none ever ran. */
    public static Optional<RuntimeFolder> find(DataFolder data) {
        return PrivateFiles.read(data.runtimePointer())
                .map(content -> new RuntimeFolder(Path.of(new String(content, StandardCharsets.UTF_8).strip())));
    }

    /** Where the operator's commands reach control. */
    public Path adminSocket() {
        return socket("admin");
    }

    /** Where the operator's commands reach the forge. */
    public Path forgeOperatorSocket() {
        return socket("forge-operator");
    }

    /** Where the forge listens, for its sidecar. */
    public Path forgeSocket() {
        return socket("forge");
    }

    /** Where control's pages listen, for their sidecar. */
    public Path pagesSocket() {
        return socket("pages");
    }

    private Path socket(String name) {
        Path socket = path.resolve(name + ".sock");
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > SOCKET_PATH_BYTES_MAX) {
            throw StartCause.SOCKET_PATH_TOO_LONG
                    .with("path", socket.toString(), "limit", Integer.toString(SOCKET_PATH_BYTES_MAX))
                    .asException();
        }
        return socket;
    }

    /** Under a folder that everybody may write to, somebody else may have been here first. */
    private static void requireOurs(Path folder) {
        try {
            Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            boolean isFolder = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
            String mode =
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS));
            if (!isFolder || !owner.equals(OwnUser.id()) || !mode.equals("rwx------")) {
                throw StartCause.NOT_PERMITTED
                        .with("path", folder.toString(), "detail", "owner " + owner + ", mode " + mode)
                        .asException();
            }
        } catch (IOException e) {
            throw DataFolder.unreadable(folder, e);
        }
    }

    private static String nameFor(DataFolder data) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(data.root().toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, NAME_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
