package dev.gatehouse.app.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which user this process runs as. */
public final class OwnUser {
    private OwnUser() {}

    /** The user ID. */
    public static int id() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException("/proc is not mounted", e);
        }
    }
}
