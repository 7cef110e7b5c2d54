package dev.gatehouse.bench.side;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The whole comparison; prints Markdown. Arguments: {@code --rounds N} (default 3), {@code --only small,stream,git,idle,streams}
 * (default all but streams), {@code --keep} (leave the working folder).
 */
public final class SideBySide {
    private static final int COMMITS = 11_000;
    private static final int REFS = 13_000;
    private static final int IDLE_SECONDS = 10;
    private static final int STREAMS = 100;
    private static final long STREAM_BYTES = 2L << 30;

    private final Path checkout;
    private final Path directory;
    private final int rounds;
    private final List<String> only;
    private final List<String> table = new ArrayList<>();

    private SideBySide(Path checkout, Path directory, int rounds, List<String> only) {
        this.checkout = checkout;
        this.directory = directory;
        this.rounds = rounds;
        this.only = only;
    }

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
        int rounds = 3;
        List<String> only = List.of("idle", "small", "stream", "git");
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
                case "--only" -> only = List.of(arguments[++i].split(",", -1));
                default -> throw new IllegalArgumentException("unknown argument " + arguments[i]);
            }
        }
        Path checkout = Path.of(System.getProperty("gatehouse.checkout", ".")).toAbsolutePath();
        new SideBySide(checkout, Files.createTempDirectory("gatehouse-bench"), rounds, only).run();
    }

    private void run() throws IOException {
        Certificates certificates = new Certificates(directory.resolve("certificates"));
        try (Upstream upstream = new Upstream();
                GatehousePair ours = new GatehousePair(checkout, directory, upstream.port())) {
            if (only.contains("idle")) {
                idle(ours);
            }
            http(ours, certificates, upstream);
            if (only.contains("git")) {
                git(ours, certificates);
            }
        }
        table.forEach(System.out::println);
    }

    private void idle(GatehousePair ours) throws IOException {
        LockSupport.parkNanos(IDLE_SECONDS * 1_000_000_000L);
        long resident = 0;
        for (long pid : ours.processes()) {
            resident += ProcessTimes.residentMebibytes(pid);
        }
        table.add("| figure | measured | must | goal |");
        table.add("|---|---|---|---|");
        table.add("| `up` to ready, s | %.2f | 3 | 1 |".formatted(ours.secondsToReady()));
        table.add("| `up` idle, MiB resident | %d | 250 | 150 |".formatted(resident));
        table.add("");
    }

    private void http(GatehousePair ours, Certificates certificates, Upstream upstream) throws IOException {
        HttpCases cases = new HttpCases(directory, rounds);
        String block = "server 127.0.0.1:" + upstream.port() + ";";
        String pass = "proxy_pass http://app;";
        if (only.contains("small") || only.contains("stream")) {
            cases.prepare();
            try (NginxPair tuned = new NginxPair(
                            NginxPair.Tuning.TUNED, certificates, directory.resolve("tuned"), block, pass);
                    NginxPair usual = new NginxPair(
                            NginxPair.Tuning.USUAL, certificates, directory.resolve("usual"), block, pass)) {
                heading("nginx pair");
                if (only.contains("small")) {
                    say(cases.smallRequests(ours, tuned));
                }
                if (only.contains("stream")) {
                    say(cases.download(ours, tuned, "1.1", "0.85"));
                    say(cases.upload(ours, tuned, "1.1", "0.85"));
                    say(cases.download(ours, usual, "0.6", "0.5"));
                    say(cases.upload(ours, usual, "0.6", "0.5"));
                }
                if (only.contains("small")) {
                    table.add("");
                    table.add("| latency | p50 | p99 |");
                    table.add("|---|---|---|");
                    cases.latencies(ours, tuned).forEach(this::say);
                    table.add("");
                }
            }
        }
        if (only.contains("streams")) {
            table.add("| streams | outcome |");
            table.add("|---|---|");
            say(cases.streams(ours, STREAMS, STREAM_BYTES, 20));
            table.add("");
        }
    }

    private void git(GatehousePair ours, Certificates certificates) throws IOException {
        Path source = directory.resolve("source.git");
        new RepositoryGenerator(7).generate(source, COMMITS, REFS);
        Path projects = directory.resolve("root");
        Path root = Files.createDirectories(projects.resolve("bench"));
        try (GitHttpBackend theirs =
                new GitHttpBackend(projects, certificates, Files.createDirectories(directory.resolve("backend")))) {
            GitCases cases = new GitCases(directory, rounds);
            created(root, "big");
            cases.fill(theirs, source, "bench/big.git");
            Commands.run(root.resolve("big.git"), "git", "repack", "-q", "-adb");
            Commands.run(root.resolve("big.git"), "git", "pack-refs", "--all");
            cases.fill(ours, source, "bench/big.git");
            ours.gatehouse("repo", "maintain", "bench/big");
            heading("git http-backend behind the tuned nginx pair");
            say(cases.fullClone(ours, theirs, "bench/big.git"));
            say(cases.emptyFetch(ours, theirs, "bench/big.git"));
            say(cases.shallowClones(ours, theirs, "bench/big.git"));
            say(cases.push(ours, theirs, source, (contender, name) -> {
                if (contender.equals(theirs)) {
                    created(root, name.substring("bench/".length()));
                }
                return name + ".git";
            }));
        }
    }

    private static void created(Path root, String name) {
        Commands.run(root, "git", "init", "-q", "--bare", "-b", "main", name + ".git");
        Commands.run(root.resolve(name + ".git"), "git", "config", "http.receivepack", "true");
    }

    private void heading(String theirs) {
        table.add("| figure | unit | gatehouse up | " + theirs + " | ratio | must | goal |");
        table.add("|---|---|---|---|---|---|---|");
    }

    private void say(String row) {
        table.add(row);
        System.err.println(row);
    }
}
