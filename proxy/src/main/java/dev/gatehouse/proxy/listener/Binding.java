package dev.gatehouse.proxy.listener;

import java.nio.file.Path;
import java.util.Set;

/** Where a listener listens. */
public sealed interface Binding {
    /**
     * TCP.
     *
     * @param host an address of this machine
     * @param port 0 for any free one
     */
    record Tcp(String host, int port) implements Binding {}

    /**
     * A Unix socket, with mode 0600.
     *
     * @param path under 108 bytes; what is there is replaced where it is a socket that nobody serves
     * @param callers the user IDs that may send requests
     */
    record UnixSocket(Path path, Set<Integer> callers) implements Binding {
        public UnixSocket {
            callers = Set.copyOf(callers);
        }
    }
}
