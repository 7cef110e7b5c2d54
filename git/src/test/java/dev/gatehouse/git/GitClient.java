package dev.gatehouse.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real {@code git}, in a folder of its own and with no configuration but ours. */
final class GitClient {
    private final Path folder;

    GitClient(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
    }

    record Result(int status, String output) {
        Result succeeded() {
            assertThat(status).as(output).isZero();
            return this;
        }

        Result failed() {
            assertThat(status).as(output).isNotZero();
            return this;
        }
    }

    Path folder() {
        return folder;
    }

    Result git(String... arguments) {
        return run(Map.of(), arguments);
    }

    Result run(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_TERMINAL_PROMPT", "0",
                        "GIT_AUTHOR_NAME", "Alice",
                        "GIT_AUTHOR_EMAIL", "alice@example.org",
                        "GIT_COMMITTER_NAME", "Alice",
                        "GIT_COMMITTER_EMAIL", "alice@example.org",
                        "LC_ALL", "C"));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    GitClient init() {
        git("init", "-q", "-b", "main").succeeded();
        return this;
    }

    String commit(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
        git("add", file).succeeded();
        git("commit", "-q", "-m", "Change " + file).succeeded();
        return revision("HEAD");
    }

    String revision(String name) {
        return git("rev-parse", name).succeeded().output().strip();
    }
}
