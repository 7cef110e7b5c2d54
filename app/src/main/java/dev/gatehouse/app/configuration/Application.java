package dev.gatehouse.app.configuration;

import java.nio.file.Path;
import java.util.Optional;

/** Where an application behind a sidecar listens: plain HTTP, on this machine. */
public sealed interface Application {
    /** {@code http://HOST:PORT}. */
    record Tcp(Endpoint endpoint) implements Application {
        @Override
        public String toString() {
            return HTTP + endpoint;
        }
    }

    /** {@code unix:PATH}. */
    record Unix(Path socket) implements Application {
        @Override
        public String toString() {
            return UNIX + socket;
        }
    }

    /** How a TCP address begins. */
    String HTTP = "http://";
    /** How a socket's path begins. */
    String UNIX = "unix:";

    /** The address written so; empty where it is none. */
    static Optional<Application> parse(String text) {
        if (text.startsWith(UNIX) && text.length() > UNIX.length()) {
            return Optional.of(new Unix(Path.of(text.substring(UNIX.length()))));
        }
        if (text.startsWith(HTTP)) {
            return Endpoint.parse(text.substring(HTTP.length()))
                    .filter(endpoint -> endpoint.port() != 0)
                    .map(Tcp::new);
        }
        return Optional.empty();
    }
}
