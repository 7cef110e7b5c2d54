package dev.gatehouse.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The four roles, each in a process of its own, on one data folder. */
final class Roles implements AutoCloseable {
    private final Path directory;
    private final Path data;
    private final int port;
    private final Map<String, Process> processes = new LinkedHashMap<>();

    /** Starts control, forge, sidecar and ingress; {@code more} is added to the configuration. */
    Roles(Path directory, String more) {
        this.directory = directory;
        this.data = directory.resolve("data");
        this.port = Installation.freePort();
        Installation.write(data.resolve("gatehouse.yaml"), """
                trust-domain: roles.test
                listen: 127.0.0.1:%d
                control:
                  listen: 127.0.0.1:%d
                sidecar:
                  listen: 127.0.0.1:%d
                %s
                """.formatted(
                        port, Installation.freePort(), Installation.freePort(), more));
        Installation.write(data.resolve("policy.yaml"), """
                version: 1
                rules:
                  - id: alice-works
                    allow: [read, push, create]
                    who: {user: alice}
                    repos: "demo/*"
                """);
        for (String role : List.of("control", "forge", "sidecar", "ingress")) {
            start(role);
        }
    }

    /** Starts one role and returns when it is ready. */
    void start(String role) {
        Path log = directory.resolve(role + ".log");
        Installation.write(log, "");
        Process process = Installation.start(log, List.of(role, "--data", data.toString()));
        processes.put(role, process);
        Installation.awaitLine(process, log, "ready");
    }

    /** Stops one role as an operator does. */
    void stop(String role) {
        Process process = processes.remove(role);
        if (process == null) {
            throw new AssertionError(role + " does not run");
        }
        process.destroy();
        Installation.await(process);
    }

    /** Has one role stand still, or go on. */
    void signal(String role, String signal) {
        Process process = processes.get(role);
        if (process == null) {
            throw new AssertionError(role + " does not run");
        }
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal, Long.toString(process.pid())));
        process.descendants().forEach(below -> command.add(Long.toString(below.pid())));
        Run.of(directory, Map.of(), command).succeeded();
    }

    Process process(String role) {
        Process process = processes.get(role);
        if (process == null) {
            throw new AssertionError(role + " does not run");
        }
        return process;
    }

    /** This installation, for a git client. */
    Installation installation() {
        return Installation.of(directory, data, port, process("ingress"));
    }

    String log(String role) {
        return Installation.read(directory.resolve(role + ".log"));
    }

    @Override
    public void close() {
        List<Process> all = new ArrayList<>(processes.values());
        java.util.Collections.reverse(all);
        all.forEach(process -> {
            process.destroy();
            Installation.await(process);
        });
    }
}
