package dev.gatehouse.proxy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Fails a test class where Netty reports a buffer that was dropped without being released. */
public final class NoLeaks implements BeforeAllCallback, AfterAllCallback {
    private static final int COLLECTIONS = 4;
    private static final int ALLOCATIONS = 64;

    private final ListAppender<ILoggingEvent> reports = new ListAppender<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        reports.start();
        detectorLog().addAppender(reports);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        // Leaks are found by collection, and reported by the next allocations.
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            for (int j = 0; j < ALLOCATIONS; j++) {
                PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
            }
        }
        detectorLog().detachAppender(reports);
        assertThat(reports.list).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
    }

    private static Logger detectorLog() {
        return (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    }
}
