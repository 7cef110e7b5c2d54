package dev.gatehouse.app.role;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a process started, closed in the reverse order, so that nothing loses what it stands on. Belongs to one thread. */
final class Owned implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Owned.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() {
        for (AutoCloseable part = parts.poll(); part != null; part = parts.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("a part could not be stopped in order", e);
            }
        }
    }
}
