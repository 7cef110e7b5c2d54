package dev.gatehouse.bench.side;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** {@code gatehouse up}: ingress → mutual TLS → sidecar, with identity, policy, audit and trace all on, in one process. */
final class GatehousePair implements Contender {
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final Path checkout;
    private final Path data;
    private final int port = Commands.freePort();
    private final Process process;
    private final String token;
    private final double secondsToReady;

    /** Starts it with a data folder of its own, in front of {@code upstreamPort} and its own forge. */
    GatehousePair(Path checkout, Path directory, int upstreamPort) {
        try {
            this.checkout = checkout;
            this.data = directory.resolve("data");
            Files.createDirectories(data);
            Files.writeString(data.resolve("gatehouse.yaml"), """
                    trust-domain: bench.test
                    services:
                      - name: files
                        path-prefix: /files/
                        application: http://127.0.0.1:%d
                        listen: 127.0.0.1:%d
                    """.formatted(upstreamPort, Commands.freePort()));
            Files.writeString(data.resolve("policy.yaml"), """
                    version: 1
                    rules:
                      - id: bench-works
                        allow: [read, push, create]
                        who: {user: bench}
                        repos: "bench/*"
                      - id: bench-calls
                        allow: [call]
                        who: {user: bench}
                        services: [files]
                    """);
            Path log = directory.resolve("gatehouse.log");
            long begin = System.nanoTime();
            this.process = Commands.start(
                    checkout,
                    log,
                    List.of(
                            checkout.resolve("gatehouse").toString(),
                            "up",
                            "--data",
                            data.toString(),
                            "--listen",
                            "127.0.0.1:" + port));
            awaitReady(log);
            this.secondsToReady = (System.nanoTime() - begin) / 1e9;
            gatehouse("user", "add", "bench");
            this.token = gatehouse("token", "issue", "--user", "bench", "--ttl", "12h")
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(Path log) throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!Files.readString(log).contains("ready https://")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("gatehouse up did not become ready:\n" + Files.readString(log));
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    /** What {@code gatehouse ARGUMENTS --data DIR} printed. */
    String gatehouse(String... arguments) {
        List<String> command = new java.util.ArrayList<>();
        command.add(checkout.resolve("gatehouse").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data.toString()));
        return Commands.run(checkout, command.toArray(String[]::new));
    }

    double secondsToReady() {
        return secondsToReady;
    }

    @Override
    public String name() {
        return "gatehouse up";
    }

    @Override
    public String baseUrl() {
        return "https://127.0.0.1:" + port;
    }

    @Override
    public List<String> headers() {
        return List.of("Authorization: Bearer " + token);
    }

    @Override
    public List<Long> processes() {
        return Commands.tree(process);
    }

    @Override
    public void close() {
        Commands.stop(process);
    }
}
