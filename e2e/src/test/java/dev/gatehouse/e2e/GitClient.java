package dev.gatehouse.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real git on this machine, with a home of its own and one way to sign in. */
final class GitClient {
    private static final Pattern TRACE = Pattern.compile("trace ([0-9a-f]{32})");
    private static final AtomicInteger HOMES = new AtomicInteger();

    private final Installation installation;
    private final Path home;
    private final Map<String, String> environment = new TreeMap<>();

    private GitClient(Installation installation, String name) {
        try {
            this.installation = installation;
            this.home = Files.createDirectories(
                    installation.directory().resolve("home-" + name + "-" + HOMES.incrementAndGet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.put("HOME", home.toString());
        environment.put("XDG_CONFIG_HOME", home.toString());
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("LC_ALL", "C");
        config("user.name", name);
        config("user.email", name + "@example.test");
        config("init.defaultBranch", "main");
        // in the environment, because what a build machine has set there would go before the configuration
        environment.put("GIT_SSL_CAINFO", installation.data().resolve("ca.pem").toString());
    }

    /** With no credential at all. */
    static GitClient anonymous(Installation installation) {
        return new GitClient(installation, "nobody");
    }

    /** With a credential helper that knows a user name and token, as people have it. */
    static GitClient withToken(Installation installation, String user, String token) {
        GitClient client = new GitClient(installation, user);
        Path store = client.home.resolve("credentials");
        Installation.write(store, installation.url().replace("https://", "https://" + user + ":" + token + "@") + "\n");
        client.config("credential.helper", "store --file " + store);
        return client;
    }

    /** With a client certificate, as jobs have it. */
    static GitClient withCertificate(Installation installation, String name, Path folder) {
        GitClient client = new GitClient(installation, name);
        client.config("http.sslCert", folder.resolve("certificate.pem").toString());
        client.config("http.sslKey", folder.resolve("key.pem").toString());
        return client;
    }

    GitClient config(String key, String value) {
        Run.of(home, environment, List.of("git", "config", "--global", key, value))
                .succeeded();
        return this;
    }

    /** Whether git still has the credential that it started with. */
    boolean remembersCredential() {
        return !Installation.read(home.resolve("credentials")).isBlank();
    }

    /** Runs git in this client's home. */
    Run git(String... arguments) {
        return in(home, arguments);
    }

    /** Runs git in {@code directory}. */
    Run in(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return Run.of(directory, environment, command);
    }

    /** A working copy of a repository, cloned. */
    Path clone(String repository, String... options) {
        Path copy = home.resolve("copy" + HOMES.incrementAndGet());
        List<String> arguments = new ArrayList<>(List.of("clone", "-q"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of(url(repository), copy.toString()));
        git(arguments.toArray(String[]::new)).succeeded();
        return copy;
    }

    /** The URL of {@code owner/name}. */
    String url(String repository) {
        return installation.url() + "/" + repository + ".git";
    }

    /** Commits one file with some text. */
    void commit(Path copy, String file, String text) {
        Installation.write(copy.resolve(file), text);
        in(copy, "add", "-A").succeeded();
        in(copy, "commit", "-qm", "Change " + file).succeeded();
    }

    /** The commit that a ref of a working copy is at. */
    String commitOf(Path copy, String ref) {
        return in(copy, "rev-parse", ref).succeeded().output().strip();
    }

    /** The trace ID that git showed. */
    static String trace(Run run) {
        Matcher matcher = TRACE.matcher(run.output());
        if (!matcher.find()) {
            throw new AssertionError("no trace in:\n" + run.output());
        }
        return matcher.group(1);
    }
}
