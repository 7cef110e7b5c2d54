package dev.gatehouse.forge.http;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.cause.StartCause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty on a Unix socket.
 *
 * <p>Design: one acceptor, one selector and their helpers are platform threads; every request runs on a virtual thread of its own and blocks there.
 * The socket's folder has mode 0700 and the socket 0600, and the kernel is asked who connects.
 */
public final class ForgeServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ForgeServer.class);
    /** The longest path that a Unix socket's address can hold. */
    private static final int SOCKET_PATH_BYTES_MAX = 107;
    /** Acceptor, selector, and those that take over when one of them runs a request's first steps. */
    private static final int PLATFORM_THREADS = 8;

    private static final int BUFFER_BYTES = 64 << 10;

    private final Server server;
    private final Path socket;

    private ForgeServer(Server server, Path socket) {
        this.server = server;
        this.socket = socket;
    }

    /**
     * Serves until it is closed.
     *
     * @param caller the user whose processes may call; empty for the socket folder's owner, which is this process's own
     * @param random gives span IDs; safe for all threads
     * @throws dev.gatehouse.core.cause.FailureException where the socket cannot be made
     */
    public static ForgeServer start(
            Path socket,
            HttpLimits limits,
            Optional<UserPrincipal> caller,
            Service service,
            AuditJournal journal,
            InstantSource clock,
            RandomGenerator random) {
        int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > SOCKET_PATH_BYTES_MAX) {
            throw StartCause.SOCKET_PATH_TOO_LONG
                    .with("path", socket.toString(), "limit", Integer.toString(SOCKET_PATH_BYTES_MAX))
                    .asException();
        }
        try {
            Path folder = Optional.ofNullable(socket.toAbsolutePath().getParent())
                    .orElseThrow(() -> new IOException("it names no file"));
            makePrivate(folder);
            Files.deleteIfExists(socket);
            PeerCheck peers = new PeerCheck(caller.isPresent() ? caller.get() : Files.getOwner(folder));
            ForgeHandler handler = new ForgeHandler(service, journal, clock, random, peers, socket.toString());
            Server server = server(socket, limits, handler);
            startOrStop(server);
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            return new ForgeServer(server, socket);
        } catch (IOException failed) {
            throw StartCause.DATA_UNREADABLE
                    .with("path", socket.toString(), "detail", String.valueOf(failed.getMessage()))
                    .asException();
        }
    }

    private static void makePrivate(Path folder) throws IOException {
        var ownerOnly = PosixFilePermissions.fromString("rwx------");
        if (Files.notExists(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(ownerOnly));
        } else {
            Files.setPosixFilePermissions(folder, ownerOnly);
        }
    }

    private static Server server(Path socket, HttpLimits limits, ForgeHandler handler) {
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS, 1);
        threads.setName("forge");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("forge-request-"));
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(limits.requestHeaderBytes());
        http.setOutputBufferSize(BUFFER_BYTES);
        // What a path means is core's to say, once for all parts; Jetty shall hand it over as it came.
        http.setUriCompliance(UriCompliance.UNSAFE);
        UnixDomainServerConnector connector =
                new UnixDomainServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setUnixDomainPath(socket);
        connector.setIdleTimeout(limits.idle().toMillis());
        connector.setAcceptedReceiveBufferSize(BUFFER_BYTES * 4);
        connector.setAcceptedSendBufferSize(BUFFER_BYTES * 4);
        server.addConnector(connector);
        GracefulHandler graceful = new GracefulHandler();
        graceful.setHandler(handler);
        server.setHandler(graceful);
        server.setStopTimeout(limits.stop().toMillis());
        return server;
    }

    private static void startOrStop(Server server) throws IOException {
        try {
            server.start();
        } catch (Exception failed) {
            stop(server);
            throw new IOException("the socket cannot be opened: " + failed.getMessage(), failed);
        }
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception late) {
            LOG.warn("some requests were broken off: {}", late.toString());
        }
    }

    /** Takes no more requests, waits for those that run, within the bound, and removes the socket. Blocks. */
    @Override
    public void close() {
        stop(server);
        try {
            Files.deleteIfExists(socket);
        } catch (IOException failed) {
            LOG.warn("the socket could not be removed: {}", socket, failed);
        }
    }

    /**
     * The bounds of the server.
     *
     * @param requestHeaderBytes of all headers of a request
     * @param idle a connection on which nothing moves for so long is closed
     * @param stop how long running requests may take to end
     */
    public record HttpLimits(int requestHeaderBytes, Duration idle, Duration stop) {
        /** 32 KiB of headers, of which a handover may take 8; five minutes; twenty seconds. */
        public static final HttpLimits DEFAULT =
                new HttpLimits(32 << 10, Duration.ofMinutes(5), Duration.ofSeconds(20));
    }
}
