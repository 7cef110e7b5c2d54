package dev.gatehouse.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A running {@code gatehouse}, started with its launcher as the README says, in a data folder of its own. */
final class Installation implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final Path CHECKOUT = Path.of(System.getProperty("gatehouse.checkout", ".."))
            .toAbsolutePath()
            .normalize();

    private final Path directory;
    private final Path data;
    private final int port;
    private final Map<String, String> environment;
    private Process process;

    private Installation(Path directory, Path data, int port, Map<String, String> environment, Process process) {
        this.environment = Map.copyOf(environment);
        this.directory = directory;
        this.data = data;
        this.port = port;
        this.process = process;
    }

    /** {@code gatehouse up --demo}, ready. {@code directory} is the test's own. */
    static Installation demo(Path directory) {
        return demo(directory, "");
    }

    /** Likewise, with {@code configuration} written first. */
    static Installation demo(Path directory, String configuration) {
        return demo(directory, configuration, Map.of());
    }

    /** Likewise, with {@code environment} added. */
    static Installation demo(Path directory, String configuration, Map<String, String> environment) {
        Path data = directory.resolve("data");
        write(directory.resolve("up.log"), "");
        if (!configuration.isEmpty()) {
            write(data.resolve("gatehouse.yaml"), configuration);
        }
        int port = freePort();
        Installation installation =
                new Installation(directory, data, port, environment, launch(directory, data, port, environment));
        installation.awaitReady();
        return installation;
    }

    /** One that somebody else started, and stops. */
    static Installation of(Path directory, Path data, int port, Process process) {
        return new Installation(directory, data, port, Map.of(), process);
    }

    private static Process launch(Path directory, Path data, int port, Map<String, String> environment) {
        return start(
                directory.resolve("up.log"),
                List.of("up", "--demo", "--data", data.toString(), "--listen", "127.0.0.1:" + port),
                environment);
    }

    /** Starts {@code gatehouse ARGUMENTS}; what it prints is added to {@code log}. */
    static Process start(Path log, List<String> arguments) {
        return start(log, arguments, Map.of());
    }

    private static Process start(Path log, List<String> arguments, Map<String, String> environment) {
        try {
            List<String> command = new ArrayList<>();
            command.add(launcher());
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(CHECKOUT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String launcher() {
        return CHECKOUT.resolve("gatehouse").toString();
    }

    /** Returns when {@code log} has a line that contains {@code text}; fails with the log where the process ends or time runs out. */
    static void awaitLine(Process process, Path log, String text) {
        long deadline = System.nanoTime() + READY_LIMIT.toNanos();
        while (!read(log).contains(text)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("'" + text + "' never came:\n" + read(log));
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private void awaitReady() {
        awaitLine(process, directory.resolve("up.log"), "ready https://127.0.0.1:" + port);
    }

    String url() {
        return "https://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    Path data() {
        return data;
    }

    Path directory() {
        return directory;
    }

    Process process() {
        return process;
    }

    /** All that {@code up} has printed. */
    String printed() {
        return read(directory.resolve("up.log"));
    }

    /** Runs {@code gatehouse ARGUMENTS --data DIR}. */
    Run gatehouse(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(launcher());
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data.toString()));
        return Run.of(CHECKOUT, Map.of(), command);
    }

    /** A token for a user. */
    String token(String user) {
        return gatehouse("token", "issue", "--user", user).succeeded().printed().strip();
    }

    /** A git client for a user, signed in with a token. */
    GitClient git(String user) {
        return GitClient.withToken(this, user, token(user));
    }

    /** Replaces the rules, as an operator does, and returns when they are in force. */
    void policy(String text) {
        Path file = directory.resolve("new-policy.yaml");
        write(file, text);
        gatehouse("policy", "set", file.toString()).succeeded();
    }

    /** {@code kill -9}, then the same again, ready. */
    void crashAndRestart() {
        kill();
        restart();
    }

    /** {@code kill -9}. */
    void kill() {
        List<ProcessHandle> below = process.descendants().toList();
        below.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        await(process);
    }

    /** Starts it again on the same data and port. */
    void restart() {
        Path log = directory.resolve("up.log");
        write(log, "");
        process = launch(directory, data, port, environment);
        awaitReady();
    }

    static void await(Process process) {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the process does not end");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                kill();
                throw new AssertionError("gatehouse did not stop in time:\n" + printed());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
