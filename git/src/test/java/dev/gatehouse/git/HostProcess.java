package dev.gatehouse.git;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A Git host in a process of its own, with a heap of its own, that can be killed. */
final class HostProcess implements AutoCloseable {
    private final Process process;
    private final String url;

    private HostProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static HostProcess start(Path root, String heap) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostProcess.class.getName(),
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new HostProcess(process, Optional.ofNullable(out.readLine()).orElseThrow());
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

    /** Serves one repository, and prints its URL. Ends when it is killed, or when its standard input does. */
    public static void main(String[] arguments) throws IOException {
        try (TestHost host = new TestHost(Path.of(arguments[0]))) {
            System.out.println(host.url(host.create()));
            System.out.flush();
            while (System.in.read() >= 0) {
                // Nothing is said there; the end of it is the end of the parent.
            }
        }
    }
}
