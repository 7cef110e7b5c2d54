package dev.gatehouse.bench.side;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What real git clients do, against two servers that hold the same repositories. */
final class GitCases {
    private static final int POLLS = 20;
    private static final int AT_ONCE = 8;

    private final Path directory;
    private final int rounds;
    private final AtomicInteger clones = new AtomicInteger();

    GitCases(Path directory, int rounds) {
        this.directory = directory;
        this.rounds = rounds;
    }

    /** All server CPU of one full clone. */
    String fullClone(Contender ours, Contender theirs, String repository) {
        return Sample.interleaved(1, rounds, ours, theirs, c -> cost(c, () -> discard(clone(c, repository))))
                .row("full clone, CPU s", "s", "0.8", "0.5");
    }

    /** All server CPU of a fetch that finds nothing new. */
    String emptyFetch(Contender ours, Contender theirs, String repository) {
        Path ourCopy = clone(ours, repository, "--no-single-branch");
        Path theirCopy = clone(theirs, repository, "--no-single-branch");
        return Sample.interleaved(
                        1,
                        rounds,
                        ours,
                        theirs,
                        c -> cost(c, () -> {
                                    for (int i = 0; i < POLLS; i++) {
                                        git(c, c.equals(ours) ? ourCopy : theirCopy, "fetch", "-q");
                                    }
                                })
                                / POLLS)
                .row("a fetch that finds nothing new, CPU s", "s", "0.4", "0.15");
    }

    /** All server CPU of eight shallow clones at once. */
    String shallowClones(Contender ours, Contender theirs, String repository) {
        return Sample.interleaved(
                        1,
                        rounds,
                        ours,
                        theirs,
                        c -> cost(c, () -> {
                            List<Thread> threads = new ArrayList<>();
                            for (int i = 0; i < AT_ONCE; i++) {
                                threads.add(Thread.ofPlatform()
                                        .start(() -> discard(clone(c, repository, "--depth", "1", "--no-tags"))));
                            }
                            join(threads);
                        }))
                .row("eight --depth 1 clones at once, CPU s", "s", "", "");
    }

    /** All server CPU of a push of everything to an empty repository. */
    String push(
            Contender ours,
            Contender theirs,
            Path source,
            java.util.function.BiFunction<Contender, String, String> created) {
        return Sample.interleaved(1, Math.max(1, rounds / 2), ours, theirs, c -> {
                    String name = "bench/push" + clones.incrementAndGet();
                    String url = c.baseUrl() + "/" + created.apply(c, name);
                    return cost(c, () -> git(c, source, "push", "-q", url, "refs/heads/main:refs/heads/main"));
                })
                .row("push of everything, CPU s", "s", "", "");
    }

    /** Pushes {@code source} with all its refs. */
    void fill(Contender contender, Path source, String repository) {
        git(
                contender,
                source,
                "push",
                "-q",
                contender.baseUrl() + "/" + repository,
                "+refs/heads/*:refs/heads/*",
                "+refs/tags/*:refs/tags/*");
    }

    private Path clone(Contender contender, String repository, String... options) {
        Path copy = directory.resolve("copy" + clones.incrementAndGet());
        List<String> arguments = new ArrayList<>(List.of("clone", "-q", "--bare"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of(contender.baseUrl() + "/" + repository, copy.toString()));
        git(contender, directory, arguments.toArray(String[]::new));
        return copy;
    }

    private void git(Contender contender, Path where, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-c", "http.sslVerify=false", "-c", "gc.auto=0"));
        Map<String, String> environment = new TreeMap<>(Map.of("GIT_TERMINAL_PROMPT", "0", "GIT_CONFIG_NOSYSTEM", "1"));
        int header = 0;
        for (String value : contender.headers()) {
            environment.put("GIT_CONFIG_KEY_" + header, "http.extraHeader");
            environment.put("GIT_CONFIG_VALUE_" + header, value);
            header++;
        }
        environment.put("GIT_CONFIG_COUNT", Integer.toString(header));
        command.addAll(List.of(arguments));
        Commands.run(where, environment, command);
    }

    private static double cost(Contender contender, Runnable work) {
        double before = contender.cpuSeconds();
        work.run();
        return contender.cpuSeconds() - before;
    }

    private static void join(List<Thread> threads) {
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    private static void discard(Path copy) {
        try (Stream<Path> files = Files.walk(copy)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
