package dev.gatehouse.spool;

import dev.gatehouse.core.trace.TraceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Prints what a journal takes on this machine's disk. Run by hand: its argument is a folder on the disk to measure. */
final class SpoolThroughput {
    private static final int RECORDS = 1_000_000;
    private static final int DURABLE = 2_000;
    private static final int WRITERS = 64;
    private static final String TEXT = "x".repeat(300);

    private SpoolThroughput() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(arguments[0]), "spool");
        SpoolLimits limits = SpoolLimits.DEFAULT;
        try (Spool spool = Spool.open(folder, Records.ENCODING, limits, Records.CLOCK, new SplittableRandom())) {
            long started = System.nanoTime();
            int waits = 0;
            for (int i = 0; i < RECORDS; i++) {
                while (i % 4096 == 0 && i > 0 && spool.status().syncedThrough() < i - 32768L) {
                    spool.flush();
                    waits++;
                }
                spool.record(Records.note(TEXT, new TraceId(1, i + 1L)));
            }
            spool.flush();
            print("record(), one thread", RECORDS, System.nanoTime() - started);
            System.out.println("  waited for the disk " + waits + " times, lost "
                    + spool.status().lostRecords());
            started = System.nanoTime();
            int found = spool.reader().find(new TraceId(1, 77)).size();
            print("find() over all, found " + found, RECORDS, System.nanoTime() - started);
            started = System.nanoTime();
            for (int i = 0; i < DURABLE; i++) {
                spool.recordDurably(Records.note(TEXT));
            }
            print("recordDurably(), one thread", DURABLE, System.nanoTime() - started);
            started = System.nanoTime();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int writer = 0; writer < WRITERS; writer++) {
                    threads.execute(() -> {
                        for (int i = 0; i < DURABLE / 4; i++) {
                            spool.recordDurably(Records.note(TEXT));
                        }
                    });
                }
            }
            print("recordDurably(), " + WRITERS + " threads", WRITERS * DURABLE / 4, System.nanoTime() - started);
        }
        long started = System.nanoTime();
        Spool.open(folder, Records.ENCODING, limits, Records.CLOCK, new SplittableRandom())
                .close();
        print("open() with everything not yet shipped", 1, System.nanoTime() - started);
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static void print(String what, long count, long nanos) {
        System.out.printf(
                "%-45s %,12.0f /s  %,10.1f µs each  %s%n",
                what, count * 1e9 / nanos, nanos / 1e3 / count, Duration.ofNanos(nanos));
    }
}
