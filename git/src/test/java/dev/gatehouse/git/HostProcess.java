package dev.gatehouse.git;

import dev.gatehouse.core.audit.AuditRecord;
import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.audit.OutcomeRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A Git host in a process of its own, with a heap of its own, that can be killed. It serves one repository, and makes it the first time. */
final class HostProcess implements AutoCloseable {
    static final String JOURNAL = "journal";

    private final Process process;
    private final String url;

    private HostProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static HostProcess start(Path folder, String heap) throws IOException {
        Files.createDirectories(folder);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new HostProcess(process, Optional.ofNullable(out.readLine()).orElseThrow());
    }

    static Path repositories(Path folder) {
        return folder.resolve("repositories");
    }

    String url() {
        return url;
    }

    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /** Ends when it is killed, or when its standard input does. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        MemoryJournal journal = new MemoryJournal(record -> append(folder.resolve(JOURNAL), record));
        try (TestHost host =
                new TestHost(repositories(folder), GitLimits.defaults(), DurableFiles.ofSystem(), journal)) {
            List<String> known = host.repositories.list();
            System.out.println(host.url(known.isEmpty() ? host.create() : known.getFirst()));
            System.out.flush();
            while (System.in.read() >= 0) {
                // Nothing is said there; the end of it is the end of the parent.
            }
        }
    }

    /** One line a record: its kind, the push, and for an intent each ref with its old and new value. */
    private static void append(Path journal, AuditRecord record) {
        String line = switch (record) {
            case IntentRecord intent ->
                "intent " + intent.pushId() + " "
                        + intent.updates().stream()
                                .map(IntentRecord.PermittedUpdate::update)
                                .map(update -> update.ref() + "," + update.oldId() + "," + update.newId())
                                .collect(Collectors.joining(" "));
            case OutcomeRecord outcome -> "outcome " + outcome.pushId();
            default -> "other";
        };
        try {
            Files.writeString(
                    journal,
                    line + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.DSYNC);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
