package dev.gatehouse.app.role;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Adds a log file under {@code DIR/logs}, which is only known when the command line has been read. */
final class LogFolder {
    private static final String LINE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level [%thread] %logger{0} %msg"
            + " %replace(%ex{full}){'[\\r\\n]+',' | '}%nopex%n";
    private static final String FILE_SIZE = "16MB";
    private static final String ALL_SIZE = "256MB";
    private static final int DAYS = 30;

    private LogFolder() {}

    /** Logs to {@code folder/name.log} from now on, a bounded amount. */
    static void use(Path folder, String name) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(LINE);
        encoder.start();
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setName("FILE");
        appender.setFile(folder.resolve(name + ".log").toString());
        appender.setEncoder(encoder);
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> rolling = new SizeAndTimeBasedRollingPolicy<>();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(folder.resolve(name) + ".%d{yyyy-MM-dd}.%i.log");
        rolling.setMaxFileSize(FileSize.valueOf(FILE_SIZE));
        rolling.setTotalSizeCap(FileSize.valueOf(ALL_SIZE));
        rolling.setMaxHistory(DAYS);
        rolling.start();
        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(rolling);
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    }
}
