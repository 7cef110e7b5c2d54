package dev.gatehouse.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.core.git.GitProtocolVersion;
import dev.gatehouse.core.identity.AuthenticationMethod;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.repository.ObjectFormat;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.core.trace.TraceId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.util.FS;

/** The Git host behind the smallest HTTP server there is, so that the real {@code git} can talk to it. */
final class TestHost implements AutoCloseable {
    static final TraceId TRACE = new TraceId(1, 2);
    static final RepositoryName NAME = new RepositoryName("demo", "hello");
    static final Caller ALICE = new Caller(
            Principal.Person.local("alice", Set.of()), AuthenticationMethod.ACCESS_TOKEN, "credential", Instant.MAX);

    final MemoryJournal journal;
    final TestRules rules = new TestRules();
    final List<PushReport> pushes = new CopyOnWriteArrayList<>();
    final List<UploadReport> fetches = new CopyOnWriteArrayList<>();
    final Repositories repositories;
    final UploadService uploads;
    final ReceiveService receives;
    volatile UnaryOperator<InputStream> bodies = body -> body;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    TestHost(Path root) throws IOException {
        this(root, GitLimits.defaults(), DurableFiles.ofSystem());
    }

    TestHost(Path root, GitLimits limits, DurableFiles files) throws IOException {
        this(root, limits, files, new MemoryJournal());
    }

    TestHost(Path root, GitLimits limits, DurableFiles files, MemoryJournal journal) throws IOException {
        this.journal = journal;
        GitEngine.install(32 << 20);
        // Measured before the first test goes on, or the measurement would outlive the test's folder.
        FS.FileStoreAttributes.setBackground(false);
        SecureRandom random = new SecureRandom();
        repositories = new Repositories(root, limits, files, random);
        uploads = new UploadService(limits);
        receives = new ReceiveService(limits, files, journal, InstantSource.system(), random, PushListener.NONE);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String create() {
        return repositories.create(ObjectFormat.SHA1);
    }

    String url(String id) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + id + ".git";
    }

    Path directory(Path root, String id) {
        return root.resolve(id.substring(0, 2)).resolve(id + ".git");
    }

    PushContext context() {
        return new PushContext(ALICE, NAME, TRACE, rules::current);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String id = path.substring(1, path.indexOf(".git"));
            String service = path.substring(path.lastIndexOf('/') + 1);
            GitProtocolVersion version = GitProtocolVersion.of(
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Git-Protocol")));
            try (HostedRepository repository = repositories.open(id)) {
                if (service.equals("refs")) {
                    advertise(exchange, repository, version);
                } else {
                    serve(exchange, repository, version, service);
                }
            }
        }
    }

    private void advertise(HttpExchange exchange, HostedRepository repository, GitProtocolVersion version)
            throws IOException {
        boolean push = exchange.getRequestURI().getQuery().contains("git-receive-pack");
        exchange.getResponseHeaders()
                .set("Content-Type", "application/x-git-" + (push ? "receive" : "upload") + "-pack-advertisement");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            if (push) {
                receives.advertise(repository, out);
            } else {
                uploads.advertise(repository, version, out);
            }
        }
    }

    private void serve(HttpExchange exchange, HostedRepository repository, GitProtocolVersion version, String service)
            throws IOException {
        InputStream body = exchange.getRequestBody();
        if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            body = new GZIPInputStream(body);
        }
        body = bodies.apply(body);
        exchange.getResponseHeaders().set("Content-Type", "application/x-" + service + "-result");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            if (service.equals("git-receive-pack")) {
                pushes.add(receives.serve(repository, body, out, context()));
            } else {
                fetches.add(uploads.serve(repository, version, body, out, TRACE));
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        repositories.close();
    }
}
