package dev.gatehouse.proxy.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.audit.RequestRecord;
import dev.gatehouse.core.audit.Role;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.identity.AuthenticationMethod;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Credential;
import dev.gatehouse.core.identity.Introspection;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.snapshot.Revocations;
import dev.gatehouse.core.snapshot.Route;
import dev.gatehouse.core.snapshot.ServicePeers;
import dev.gatehouse.core.snapshot.Snapshot;
import dev.gatehouse.proxy.ListenerPlan;
import dev.gatehouse.proxy.ProxyPlan;
import dev.gatehouse.proxy.ProxyServer;
import dev.gatehouse.proxy.answer.FailureAnswers;
import dev.gatehouse.proxy.exchange.Filter;
import dev.gatehouse.proxy.exchange.ProxyLimits;
import dev.gatehouse.proxy.exchange.Upstream;
import dev.gatehouse.proxy.git.GitBodies;
import dev.gatehouse.proxy.git.GitBodyLimits;
import dev.gatehouse.proxy.identity.AssertionSigner;
import dev.gatehouse.proxy.identity.AssertionVerifier;
import dev.gatehouse.proxy.identity.IntrospectionCache;
import dev.gatehouse.proxy.identity.IntrospectionLimits;
import dev.gatehouse.proxy.listener.Binding;
import dev.gatehouse.proxy.listener.ListenerSettings;
import dev.gatehouse.proxy.listener.Security;
import dev.gatehouse.proxy.testing.Changing;
import dev.gatehouse.proxy.testing.MemoryJournal;
import dev.gatehouse.proxy.testing.TestAuthority;
import dev.gatehouse.proxy.tls.TlsEngine;
import dev.gatehouse.proxy.transport.EventLoops;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Real git, an ingress, mutual TLS, a sidecar, and a Git host: what a developer's terminal shows, over either HTTP. */
@ParameterizedClass(name = "over {0}")
@ValueSource(strings = {"HTTP/1.1", "HTTP/2"})
class GitThroughProxiesTest {
    private static final TestAuthority AUTHORITY = new TestAuthority("gatehouse.test");
    private static final TestAuthority WEB = new TestAuthority("web.test");
    private static final long GIT_SECONDS_MAX = 30;

    private final String httpVersion;

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final MemoryJournal ingressJournal = new MemoryJournal();
    private final MemoryJournal sidecarJournal = new MemoryJournal();
    private GitHttpBackend forge;
    private EventLoops loops;
    private int port;
    private Path work;

    GitThroughProxiesTest(String httpVersion) {
        this.httpVersion = httpVersion;
    }

    @BeforeEach
    void start() throws Exception {
        Path repository = folder.resolve("root/demo/hello.git");
        Files.createDirectories(repository);
        git(folder, "init", "-q", "--bare", "-b", "main", repository.toString());
        git(repository, "config", "http.receivepack", "true");
        work = folder.resolve("work");
        git(folder, "init", "-q", "-b", "main", work.toString());
        commit("first");
        git(work, "push", "-q", repository.toString(), "main");
        Files.writeString(folder.resolve("ca.pem"), pem(WEB.root().getEncoded()));
        forge = new GitHttpBackend(folder.resolve("root"));
        open.add(forge);
        loops = EventLoops.create(2);
        startProxies();
        git(work, "remote", "add", "origin", url("alice", "ght_good"));
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        loops.close();
    }

    @Test
    void cloneAndPushThroughAVerifiedIdentity() throws Exception {
        Ran clone = ran(folder, "clone", "-q", url("alice", "ght_good"), "copy");
        assertThat(clone.output()).isEmpty();
        assertThat(Files.readString(folder.resolve("copy/file"))).isEqualTo("first");
        git(work, "checkout", "-q", "-b", "topic");
        commit("second");
        Ran push = ran(work, "push", "origin", "topic");
        assertThat(push.status()).as(push.output()).isZero();
        assertThat(push.output()).contains("* [new branch]      topic -> topic");
        assertThat(forge.seen())
                .allSatisfy(headers -> assertThat(headers)
                        .containsKey("Gatehouse-handover")
                        .containsKey("Traceparent")
                        .doesNotContainKeys("Authorization", "Gatehouse-assertion"));
        List<RequestRecord> records = sidecarJournal.requestsSoFar();
        assertThat(records).anySatisfy(record -> {
            assertThat(record.operation()).isEqualTo("git-receive-pack");
            assertThat(record.caller().map(caller -> caller.principal().key())).hasValue("local|alice");
            assertThat(record.decisions()).singleElement().satisfies(decision -> {
                assertThat(decision.resource()).isEqualTo("refs/heads/topic of demo/hello");
                assertThat(decision.rule().id()).isEqualTo("developers-push");
            });
        });
    }

    @Test
    void oneTraceLeadsThroughBothHops() throws Exception {
        ran(folder, "ls-remote", url("mallory", "ght_good"));
        RequestRecord challenged = ingressJournal.nextRequest();
        assertThat(challenged.failure().map(failure -> failure.cause())).hasValue(IdentityCause.NO_CREDENTIAL);
        ran(folder, "ls-remote", url("alice", "ght_good"));
        RequestRecord sidecar = sidecarJournal.nextRequest();
        assertThat(ingressJournal.requestsSoFar())
                .anySatisfy(ingress -> assertThat(ingress.context().traceId())
                        .isEqualTo(sidecar.context().traceId()));
    }

    @Test
    void aLargeFetchNegotiationIsCompressedByGitAndInflatedByUs() throws Exception {
        git(folder, "clone", "-q", url("alice", "ght_good"), "copy");
        Path copy = folder.resolve("copy");
        for (int i = 0; i < 40; i++) {
            git(copy, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "c" + i);
        }
        commit("second");
        git(work, "push", "-q", folder.resolve("root/demo/hello.git").toString(), "main");
        Ran fetch = ran(copy, "fetch", "origin");
        assertThat(fetch.status()).as(fetch.output()).isZero();
        assertThat(forge.seen()).noneSatisfy(headers -> assertThat(headers).containsKey("Content-encoding"));
    }

    @Test
    void withoutACredentialGitAsksForOne() throws Exception {
        Ran ran = ran(folder, "ls-remote", "https://127.0.0.1:" + port + "/demo/hello.git");
        assertThat(ran.output())
                .isEqualTo("fatal: could not read Username for 'https://127.0.0.1:" + port
                        + "': terminal prompts disabled\n");
    }

    @Test
    void aBadCredentialIsToldHowToSignIn() throws Exception {
        Ran ran = ran(folder, "ls-remote", url("alice", "ght_bad"));
        assertThat(ran.lines().getFirst())
                .isEqualTo("remote: GATE-1002 the credential is not one of ours, or it was revoked");
        assertThat(ran.lines().get(1)).isEqualTo("remote: what to do: get a new one: https://git.test/-/sign-in");
        assertThat(ran.lines().get(2)).startsWith("remote: trace ");
        assertThat(ran.lines().get(3)).startsWith("fatal: Authentication failed for 'https://127.0.0.1:");
    }

    @Test
    void aDeniedReadNamesWhoWhatAndWhatToDoAlsoWhereThereIsNothing() throws Exception {
        for (String repository : List.of("demo/hello", "demo/none")) {
            Ran ran = ran(folder, "clone", url("mallory", "ght_good").replace("demo/hello", repository), "denied");
            assertThat(ran.status()).isNotZero();
            assertThat(ran.output())
                    .contains("remote: GATE-2002 mallory may not read " + repository + ": no rule allows it\n")
                    .contains("remote: what to do: ask an administrator for access, or use another identity\n")
                    .containsPattern("remote: trace [0-9a-f]{32}\n")
                    .contains("The requested URL returned error: 403");
        }
    }

    @Test
    void aDeniedPushNamesTheRuleAndTheRemedy() throws Exception {
        commit("second");
        Ran ran = ran(work, "push", "origin", "main");
        assertThat(ran.status()).isNotZero();
        assertThat(ran.output())
                .contains("remote: GATE-2001 alice may not push refs/heads/main of demo/hello: denied by rule"
                        + " main-is-protected (policy.yaml:")
                .contains("main changes only by review")
                .contains("remote: what to do: git push origin HEAD:refs/heads/my-branch")
                .containsPattern("remote: trace [0-9a-f]{32}")
                .contains("! [remote rejected] main -> main (GATE-2001 alice may not push");
        assertThat(sidecarJournal.requestsSoFar())
                .anySatisfy(record -> {
                    assertThat(record.failure().map(failure -> failure.cause().code()))
                            .hasValue("GATE-2001");
                    assertThat(record.timing().decidedMicros()).isNotNegative();
                });
    }

    /** Larger than what is read of a request by somebody unknown, and than any window. */
    @Test
    void aDeniedPushOfManyMegabytesIsAnsweredToo() throws Exception {
        byte[] noise = new byte[150 << 20];
        new SplittableRandom(1).nextBytes(noise);
        Files.write(work.resolve("file"), noise);
        git(work, "config", "core.compression", "0");
        git(work, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-am", "large");
        Ran ran = ran(work, "push", "origin", "main");
        assertThat(ran.output())
                .contains("! [remote rejected] main -> main (GATE-2001 alice may not push")
                .doesNotContain("curl", "Everything up-to-date");
    }

    @Test
    void oneDeniedRefAmongSeveralDoesNotStopTheOthers() throws Exception {
        refGate();
        git(work, "branch", "topic");
        commit("second");
        Ran ran = ran(work, "push", "origin", "main", "topic");
        assertThat(ran.output())
                .contains("* [new branch]      topic -> topic")
                .contains("! [remote rejected] main -> main (hook declined)");
    }

    @Test
    void oneDeniedRefStopsAnAtomicPush() throws Exception {
        git(work, "branch", "topic");
        commit("second");
        Ran ran = ran(work, "push", "--atomic", "origin", "main", "topic");
        assertThat(ran.output())
                .contains("! [remote rejected] main -> main (GATE-2001 alice may not push")
                .contains("! [remote rejected] topic -> topic (GATE-4022 the push is atomic and refs/heads/main was"
                        + " refused)");
    }

    @Test
    void anUpstreamThatIsDownIsNamed() throws Exception {
        forge.close();
        Ran ran = ran(folder, "ls-remote", url("alice", "ght_good"));
        assertThat(ran.output())
                .contains("remote: GATE-5001 forge is down: 127.0.0.1:" + forge.port() + " refuses connections\n")
                .contains("remote: what to do: try again shortly; for the operator: start forge\n");
    }

    @Test
    void anUpstreamThatFailsInTheMiddleOfAFetchIsNamed() throws Exception {
        forge.manner(GitHttpBackend.Manner.CLOSE);
        Ran ran = ran(folder, "clone", url("alice", "ght_good"), "copy");
        assertThat(ran.output())
                .contains("fatal: remote error: GATE-5005 forge closed the connection before it had answered");
    }

    @Test
    void anUpstreamThatFailsInTheMiddleOfAPushIsNamedForEachRef() throws Exception {
        forge.manner(GitHttpBackend.Manner.CLOSE);
        Ran ran = ran(work, "push", "origin", "main:refs/heads/topic");
        assertThat(ran.output())
                .contains("remote: GATE-5005 forge closed the connection before it had answered")
                .contains("! [remote rejected] main -> topic (GATE-5005 forge closed the connection");
        assertThat(sidecarJournal.requestsSoFar())
                .anySatisfy(record -> assertThat(
                                record.failure().map(failure -> failure.cause().code()))
                        .hasValue("GATE-5005"));
    }

    @Test
    void anUpstreamThatIsTooSlowIsNamed() throws Exception {
        forge.manner(GitHttpBackend.Manner.HANG);
        Ran ran = ran(folder, "clone", url("alice", "ght_good"), "copy");
        assertThat(ran.output()).contains("fatal: remote error: GATE-5003 forge gave no answer within 2 s");
    }

    @Test
    void anAnswerThatBreaksOffBetweenTwoLinesEndsWithTheCause() throws Exception {
        forge.manner(GitHttpBackend.Manner.BREAK_OFF);
        Ran ran = ran(folder, "clone", url("alice", "ght_good"), "copy");
        assertThat(ran.output()).contains("GATE-5006 forge stopped in the middle of its answer, after ");
    }

    private void startProxies() {
        Snapshot rules = TestRules.snapshot(Revocations.NONE);
        Changing.Snapshots snapshots = new Changing.Snapshots(new Snapshot(
                rules.policy(),
                List.of(),
                List.of(new ServicePeers("forge", Set.of(AUTHORITY.id("/ingress")))),
                AUTHORITY.bundle(),
                Revocations.NONE));
        Changing.Svids forgeSvid = new Changing.Svids(AUTHORITY.svid("/forge"));
        Changing.Svids ingressSvid = new Changing.Svids(AUTHORITY.svid("/ingress"));
        GitBodies bodies = new GitBodies(GitBodyLimits.DEFAULT, PooledByteBufAllocator.DEFAULT);
        InstantSource clock = InstantSource.system();
        int sidecarPort = start(
                Role.SIDECAR,
                new Security.Mesh("forge"),
                forgeSvid,
                snapshots,
                sidecarJournal,
                SidecarFilters.forForge(
                        AUTHORITY.id("/forge"),
                        new Upstream.Tcp("forge", "127.0.0.1", forge.port()),
                        new AssertionVerifier(AUTHORITY.id("/forge"), AUTHORITY::bundle, clock),
                        snapshots,
                        sidecarJournal,
                        bodies));
        Changing.Snapshots routed = new Changing.Snapshots(new Snapshot(
                rules.policy(),
                List.of(new Route("forge", "/", "127.0.0.1", sidecarPort, AUTHORITY.id("/forge"))),
                List.of(),
                AUTHORITY.bundle(),
                Revocations.NONE));
        IntrospectionCache introspection = new IntrospectionCache(
                credential -> CompletableFuture.completedFuture(control(credential)),
                () -> routed.current().revocations(),
                clock,
                new SecureRandom(),
                IntrospectionLimits.DEFAULT);
        port = start(
                Role.INGRESS,
                new Security.Web(new Changing.WebCertificates(WEB.web()), true),
                ingressSvid,
                routed,
                ingressJournal,
                EdgeFilters.ingress(
                        Set.of("forge"),
                        introspection,
                        new AssertionSigner(ingressSvid, clock),
                        routed,
                        ingressJournal,
                        bodies));
    }

    private int start(
            Role role,
            Security security,
            Changing.Svids identity,
            Changing.Snapshots snapshots,
            MemoryJournal journal,
            List<Filter> filters) {
        ListenerSettings settings =
                new ListenerSettings("test", role, new Binding.Tcp("127.0.0.1", 0), security, role == Role.INGRESS);
        ProxyServer server = ProxyServer.start(
                new ProxyPlan(
                        role,
                        List.of(new ListenerPlan(settings, filters, new FailureAnswers("https://git.test/-/sign-in"))),
                        snapshots,
                        Optional.of(identity),
                        TlsEngine.AUTOMATIC,
                        journal,
                        limits(role),
                        InstantSource.system(),
                        System::nanoTime,
                        SplittableRandom::new),
                loops);
        open.add(() -> server.stopGracefully(Duration.ZERO));
        return ((InetSocketAddress) server.boundAddress("test")).getPort();
    }

    /** The sidecar loses patience first: it knows the cause. */
    private static ProxyLimits limits(Role role) {
        ProxyLimits usual = ProxyLimits.defaults();
        return new ProxyLimits(
                usual.requestHeaderBytesMax(),
                usual.requestHeaderCountMax(),
                usual.connectionsMax(),
                usual.streamsPerConnectionMax(),
                usual.upstreamConnectionsMax(),
                usual.handshakeTimeout(),
                usual.headTimeout(),
                usual.connectTimeout(),
                Duration.ofSeconds(role == Role.SIDECAR ? 2 : 20),
                usual.idleTimeout(),
                usual.bodyIdleTimeout(),
                usual.keepAliveTimeout(),
                usual.upstreamKeepAliveTimeout(),
                usual.connectionAgeMax(),
                usual.drainBytesMax(),
                usual.drainTimeout(),
                usual.drainKnownBytesMax(),
                usual.filterTimeout(),
                usual.bodyHighWaterBytes());
    }

    private static Introspection control(Credential credential) {
        if (!(credential instanceof Credential.Basic(String name, String secret)) || !secret.equals("ght_good")) {
            return new Introspection.Inactive(IdentityCause.BAD_CREDENTIAL.with());
        }
        Set<String> groups = name.equals("alice") ? Set.of("maintainers") : Set.of();
        return new Introspection.Active(new Caller(
                Principal.Person.local(name, groups),
                AuthenticationMethod.ACCESS_TOKEN,
                "tok_" + name,
                Instant.now().plusSeconds(3600)));
    }

    /** What our forge's ref gate does, as far as this test needs it. */
    private void refGate() throws IOException {
        Path hook = folder.resolve("root/demo/hello.git/hooks/update");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\n[ \"$1\" != refs/heads/main ]\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
    }

    private void commit(String content) throws Exception {
        Files.writeString(work.resolve("file"), content);
        git(work, "add", "file");
        git(work, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", content);
    }

    private String url(String name, String secret) {
        return "https://" + name + ":" + secret + "@127.0.0.1:" + port + "/demo/hello.git";
    }

    private record Ran(int status, String output) {
        List<String> lines() {
            return output.lines().toList();
        }
    }

    private void git(Path where, String... arguments) throws Exception {
        Ran ran = ran(where, arguments);
        assertThat(ran.status()).as(ran.output()).isZero();
    }

    private Ran ran(Path where, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-c", "http.version=" + httpVersion));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("HOME", folder.toString());
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_SSL_CAINFO", folder.resolve("ca.pem").toString());
        environment.put("LC_ALL", "C");
        Process process = builder.start();
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
        if (!process.waitFor(GIT_SECONDS_MAX, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly); // git's helpers hold its output open
            process.destroyForcibly();
        }
        return new Ran(process.waitFor(), output.join().replaceAll("[ ]*\u001b\\[K", ""));
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String pem(byte[] certificate) {
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
    }
}
