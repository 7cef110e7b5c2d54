package dev.gatehouse.proxy.listener;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.StartCause;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The file of a Unix socket that is about to be bound. */
final class UnixSocketFile {
    /** The kernel's limit, its end mark included. */
    private static final int PATH_BYTES_MAX = 107;

    private UnixSocketFile() {}

    /** Removes a socket that a crash left behind; leaves one that is served, and anything that is not a socket. */
    static void makeRoom(Path path) {
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > PATH_BYTES_MAX) {
            throw StartCause.SOCKET_PATH_TOO_LONG
                    .with("path", path.toString(), "limit", Integer.toString(PATH_BYTES_MAX))
                    .asException();
        }
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                || Files.isSymbolicLink(path)) {
            throw cannotListen(path, "something that is not a socket is there");
        }
        if (served(path)) {
            throw cannotListen(path, "another process serves it");
        }
        try {
            Files.delete(path);
        } catch (IOException cannotDelete) {
            throw cannotListen(path, "the socket left there cannot be removed: " + cannotDelete.getMessage());
        }
    }

    private static boolean served(Path path) {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return probe.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException nobody) {
            return false;
        }
    }

    private static FailureException cannotListen(Path path, String detail) {
        return StartCause.CANNOT_LISTEN
                .with("address", path.toString(), "detail", detail)
                .asException();
    }
}
