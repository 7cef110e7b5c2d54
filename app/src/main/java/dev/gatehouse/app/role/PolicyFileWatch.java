package dev.gatehouse.app.role;

import dev.gatehouse.control.Administration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has control read the rules again when their file was saved. It looks at the file's time instead of asking the kernel to tell: editors replace
 * files in many ways, and some file systems tell nothing. Everything happens on its one thread.
 */
final class PolicyFileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyFileWatch.class);
    private static final long LOOK_MILLIS = 500;
    private static final String ACTOR = "policy file";

    private final Path file;
    private final Administration administration;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("policy-file").factory());
    private FileTime seen;
    private long seenBytes;

    private PolicyFileWatch(Path file, Administration administration) {
        this.file = file;
        this.administration = administration;
        this.seen = FileTime.fromMillis(0);
    }

    static PolicyFileWatch start(Path file, Administration administration) {
        PolicyFileWatch watch = new PolicyFileWatch(file, administration);
        watch.thread.scheduleWithFixedDelay(watch::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    private void look() {
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            long bytes = Files.size(file);
            if (!modified.equals(seen) || bytes != seenBytes) {
                seen = modified;
                seenBytes = bytes;
                administration.reloadPolicy(ACTOR);
            }
        } catch (IOException gone) {
            LOG.debug("{} cannot be read now; the rules in force stay", file, gone);
        } catch (RuntimeException e) {
            LOG.error("{} was not taken over: {}", file, e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
