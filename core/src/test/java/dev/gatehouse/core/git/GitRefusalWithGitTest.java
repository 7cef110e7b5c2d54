package dev.gatehouse.core.git;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.cause.PolicyCause;
import dev.gatehouse.core.cause.TrafficCause;
import dev.gatehouse.core.cause.WireCause;
import dev.gatehouse.core.repository.RefName;
import dev.gatehouse.core.trace.TraceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the installed git prints for each refusal, so that the choice of channel is a measured one. */
class GitRefusalWithGitTest {
    private static final Optional<TraceId> TRACE = Optional.of(new TraceId(1, 2));
    private static final String TRACE_LINE = "trace 00000000000000010000000000000002";
    private static final Failure FORGE_DOWN =
            TrafficCause.UPSTREAM_REFUSED.with("service", "forge", "address", "/run/forge.sock");
    private static final Failure DENIED = PolicyCause.NOT_ALLOWED.with(
            "principal", "bob", "action", "push", "resource", "refs/heads/main of demo/hello");

    @TempDir
    Path directory;

    private HttpServer server;
    private String capabilities = "report-status report-status-v2 side-band-64k atomic delete-refs object-format=sha1";
    private final List<GitProtocolVersion> versions = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aRefusedDiscoveryShowsEveryLine() {
        discovery(GitRefusal.of(new GitPhase.Discovery(), DENIED, TRACE));
        assertThat(git("ls-remote", url()))
                .contains("remote: GATE-2002 bob may not push refs/heads/main of demo/hello: no rule allows it")
                .contains("remote: what to do: ask an administrator for access, or use another identity")
                .contains("remote: " + TRACE_LINE)
                .contains("The requested URL returned error: 403");
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol.version=0", "protocol.version=2"})
    void aRefusedFetchIsARemoteErrorInBothProtocols(String version) {
        advertiseUploadPack(version.endsWith("2"));
        post("/git-upload-pack", GitRefusal.of(new GitPhase.Fetch(), FORGE_DOWN, TRACE));
        assertThat(git("-c", version, "clone", url(), "clone"))
                .contains("fatal: remote error: GATE-5001 forge is down: /run/forge.sock refuses connections")
                .contains("what to do: try again shortly; for the operator: start forge")
                .contains(TRACE_LINE);
    }

    @Test
    void aCredentialThatEndsBetweenDiscoveryAndPostStaysA401() {
        GitRefusal refusal = GitRefusal.of(
                new GitPhase.Fetch(), IdentityCause.BAD_CREDENTIAL.with("signIn", "gatehouse login"), TRACE);
        assertThat(refusal.status()).isEqualTo(401);
        assertThat(refusal.contentType()).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void aRefusedRefIsRejectedWithItsReason() {
        advertiseReceivePack();
        answerPush(head -> GitRefusal.ofRefs(
                head.capabilities(), Map.of(head.updates().getFirst().ref(), DENIED), TRACE));
        assertThat(push())
                .contains("remote: GATE-2002 bob may not push refs/heads/main of demo/hello: no rule allows it")
                .contains("remote: " + TRACE_LINE)
                .contains("! [remote rejected] main -> main (GATE-2002 bob may not push refs/heads/main of demo/hello");
    }

    @Test
    void aRefusedRefIsRejectedWithItsReasonWithoutSideBand() {
        capabilities = "report-status delete-refs";
        aRefusalOfAWholePushIsReported();
    }

    @Test
    void aFaultDuringAPushIsReportedForEveryRef() {
        aRefusalOfAWholePushIsReported();
    }

    private void aRefusalOfAWholePushIsReported() {
        advertiseReceivePack();
        answerPush(head -> GitRefusal.of(
                new GitPhase.Push(
                        head.capabilities(),
                        head.updates().stream().map(update -> update.ref()).toList()),
                FORGE_DOWN,
                TRACE));
        assertThat(push())
                .contains("error: remote unpack failed: GATE-5001 forge is down: /run/forge.sock refuses connections")
                .contains("! [remote rejected] main -> main (GATE-5001 forge is down");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report-status side-band-64k", "report-status"})
    void aPushThatWasNotReadShowsItsReasonToEveryClient(String offered) {
        capabilities = offered;
        advertiseReceivePack();
        Failure failure = WireCause.PKT_LINE_MALFORMED.with("detail", "its length is not four hex digits");
        post("/git-receive-pack", GitRefusal.of(new GitPhase.PushUnread(), failure, TRACE));
        assertThat(push())
                .contains("GATE-3501 a pkt-line is malformed: its length is not four hex digits")
                .contains(TRACE_LINE);
    }

    @Test
    void realHeadsAndRequestsAreUnderstood() {
        advertiseUploadPack(true);
        server.createContext("/x.git/git-upload-pack", exchange -> {
            GitProtocolVersion version = GitProtocolVersion.of(
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Git-Protocol")));
            versions.add(version);
            FetchRequestParser parser = new FetchRequestParser(FetchLimits.DEFAULT, version, Optional.empty());
            parser.feed(ByteBuffer.wrap(exchange.getRequestBody().readAllBytes()));
            FetchResult result = parser.end();
            String command = result instanceof FetchResult.Complete(FetchRequest request)
                    ? request.command() + " by " + request.agent().orElse("nobody")
                    : result.toString();
            send(
                    exchange,
                    200,
                    GitService.UPLOAD_PACK.resultType(),
                    new PktLineWriter().error(command).toBytes());
        });
        assertThat(git("ls-remote", url())).contains("fatal: remote error: ls-refs by git/");
        assertThat(versions).containsExactly(GitProtocolVersion.V2);
    }

    private interface PushAnswer {
        GitRefusal to(PushHead head);
    }

    private void answerPush(PushAnswer answer) {
        server.createContext("/x.git/git-receive-pack", exchange -> {
            PushHeadParser parser = new PushHeadParser(PushLimits.DEFAULT, Optional.empty());
            PushHeadResult result =
                    parser.feed(ByteBuffer.wrap(exchange.getRequestBody().readAllBytes()));
            GitRefusal refusal = result instanceof PushHeadResult.Complete(PushHead head)
                    ? answer.to(head)
                    : GitRefusal.of(parser.phase(), TrafficCause.INTERNAL.with("detail", result.toString()), TRACE);
            send(exchange, refusal);
        });
    }

    private void advertiseReceivePack() {
        byte[] body = new PktLineWriter()
                .text("# service=git-receive-pack")
                .flush()
                .text(Pkts.ZERO + " capabilities^{}\0" + capabilities)
                .flush()
                .toBytes();
        server.createContext(
                "/x.git/info/refs", exchange -> send(exchange, 200, GitService.RECEIVE_PACK.advertisementType(), body));
    }

    private void advertiseUploadPack(boolean version2) {
        PktLineWriter out =
                new PktLineWriter().text("# service=git-upload-pack").flush();
        if (version2) {
            out.text("version 2").text("agent=test").text("ls-refs").text("fetch=shallow");
            out.text("object-format=sha1");
        } else {
            out.text(Pkts.SHA1_A + " HEAD\0side-band-64k ofs-delta symref=HEAD:refs/heads/main");
            out.text(Pkts.SHA1_A + " refs/heads/main");
        }
        byte[] body = out.flush().toBytes();
        server.createContext(
                "/x.git/info/refs", exchange -> send(exchange, 200, GitService.UPLOAD_PACK.advertisementType(), body));
    }

    private void discovery(GitRefusal refusal) {
        server.createContext("/x.git/info/refs", exchange -> send(exchange, refusal));
    }

    private void post(String path, GitRefusal refusal) {
        server.createContext("/x.git" + path, exchange -> send(exchange, refusal));
    }

    private static void send(HttpExchange exchange, GitRefusal refusal) throws IOException {
        send(exchange, refusal.status(), refusal.contentType(), refusal.body());
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/x.git";
    }

    private String push() {
        git("init", "-q", "-b", "main", ".");
        git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "x");
        return git("push", url(), new RefName("refs/heads/main").value());
    }

    private String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
