package dev.gatehouse.bench.side;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Small requests and streams through two proxies. */
final class HttpCases {
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern ERRORS = Pattern.compile("Non-2xx or 3xx responses: (\\d+)|Socket errors: (.*)");
    private static final int SMALL_SECONDS = 6;
    private static final int SMALL_WARM_UP_TURNS = 5;
    private static final int FIXED_RATE_PER_SECOND = 1_000;
    private static final long STREAM_BYTES = 1L << 30;

    private final Path directory;
    private final int rounds;

    HttpCases(Path directory, int rounds) {
        this.directory = directory;
        this.rounds = rounds;
    }

    String smallRequests(Contender ours, Contender nginx) {
        return Sample.interleaved(SMALL_WARM_UP_TURNS, rounds, ours, nginx, this::microsecondsPerRequest)
                .row("CPU per small request, µs", "µs", "1.6", "1.0");
    }

    List<String> latencies(Contender ours, Contender nginx) {
        List<String> rows = new ArrayList<>();
        for (Contender contender : List.of(ours, nginx)) {
            FixedRateLoad load = new FixedRateLoad(contender, "/files/small");
            load.run(FIXED_RATE_PER_SECOND, Duration.ofSeconds(2));
            FixedRateLoad.Latency latency = load.run(FIXED_RATE_PER_SECOND, Duration.ofSeconds(8));
            rows.add("| latency at %d requests/s, %s | p50 %d µs | p99 %d µs |"
                    .formatted(FIXED_RATE_PER_SECOND, contender.name(), latency.p50(), latency.p99()));
        }
        return rows;
    }

    String download(Contender ours, Contender nginx, String must, String goal) {
        return Sample.interleaved(1, rounds, ours, nginx, this::secondsPerGibibyteDown)
                .row("CPU per GiB down, s, of " + nginx.name(), "s", must, goal);
    }

    String upload(Contender ours, Contender nginx, String must, String goal) {
        return Sample.interleaved(1, rounds, ours, nginx, this::secondsPerGibibyteUp)
                .row("CPU per GiB up, s, of " + nginx.name(), "s", must, goal);
    }

    private double microsecondsPerRequest(Contender contender) {
        double before = contender.cpuSeconds();
        List<String> command =
                new ArrayList<>(List.of("wrk", "-t1", "-c32", "-d" + SMALL_SECONDS + "s", "--timeout", "10s"));
        contender.headers().forEach(header -> command.addAll(List.of("-H", header)));
        command.add(contender.baseUrl() + "/files/small");
        String output = Commands.run(directory, command.toArray(String[]::new));
        Matcher errors = ERRORS.matcher(output);
        if (errors.find()) {
            throw new IllegalStateException(contender.name() + ": " + errors.group());
        }
        Matcher requests = REQUESTS.matcher(output);
        if (!requests.find()) {
            throw new IllegalStateException(output);
        }
        return (contender.cpuSeconds() - before) * 1e6 / Double.parseDouble(requests.group(1));
    }

    private double secondsPerGibibyteDown(Contender contender) {
        double before = contender.cpuSeconds();
        curl(contender, List.of("-o", "/dev/null", contender.baseUrl() + "/files/bytes/" + STREAM_BYTES));
        return contender.cpuSeconds() - before;
    }

    private double secondsPerGibibyteUp(Contender contender) {
        double before = contender.cpuSeconds();
        List<String> arguments = List.of(
                "-H",
                "Expect:",
                "-H",
                "Transfer-Encoding: chunked",
                "-H",
                "Content-Type: application/octet-stream",
                "-X",
                "POST",
                "-T",
                "zero.bin",
                contender.baseUrl() + "/files/sink");
        curl(contender, arguments);
        return contender.cpuSeconds() - before;
    }

    private void curl(Contender contender, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("curl", "-sSfk", "--http1.1", "--max-time", "300"));
        contender.headers().forEach(header -> command.addAll(List.of("-H", header)));
        command.addAll(arguments);
        Commands.run(directory, command.toArray(String[]::new));
    }

    /** The file that uploads send: a hole of 1 GiB. */
    void prepare() throws IOException {
        try (java.io.RandomAccessFile file =
                new java.io.RandomAccessFile(directory.resolve("zero.bin").toFile(), "rw")) {
            file.setLength(STREAM_BYTES);
        }
    }

    /** Many streams at once on contended cores: how many ended whole, and the longest time without a byte is curl's limit. */
    String streams(Contender contender, int count, long bytesEach, int atOnce) {
        String output = Commands.run(
                directory,
                "bash",
                "-c",
                "seq " + count + " | xargs -P " + atOnce + " -I{} curl -sSfk --http1.1 --speed-limit 1 --speed-time 20 "
                        + contender.headers().stream()
                                .map(h -> "-H '" + h + "' ")
                                .reduce("", String::concat)
                        + "-o /dev/null -w '%{size_download}\\n' " + contender.baseUrl() + "/files/bytes/" + bytesEach
                        + " || true");
        long whole = output.lines().filter(Long.toString(bytesEach)::equals).count();
        return "| %d streams of %d MiB, %d at once | %d whole, %d stalled or cut |"
                .formatted(count, bytesEach >> 20, atOnce, whole, count - whole);
    }
}
