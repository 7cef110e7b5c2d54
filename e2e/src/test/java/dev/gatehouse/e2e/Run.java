package dev.gatehouse.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What a command did.
 *
 * @param exitCode its exit code
 * @param printed its standard output
 * @param errors its standard error
 */
record Run(int exitCode, String printed, String errors) {
    private static final int SECONDS_MAX = 120;

    static Run of(Path directory, Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            CompletableFuture<String> errors =
                    CompletableFuture.supplyAsync(() -> read(process.getErrorStream()), Thread::startVirtualThread);
            String printed = read(process.getInputStream());
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + " did not end:\n" + printed);
            }
            return new Run(process.exitValue(), printed, errors.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String read(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that a person at the terminal reads. */
    String output() {
        return printed + errors;
    }

    /** This run, where it ended with 0; otherwise the test fails with what it printed. */
    Run succeeded() {
        if (exitCode != 0) {
            throw new AssertionError("exit code " + exitCode + ":\n" + output());
        }
        return this;
    }

    /** This run, where it did not end with 0. */
    Run failed() {
        if (exitCode == 0) {
            throw new AssertionError("exit code 0, where a failure was expected:\n" + output());
        }
        return this;
    }
}
