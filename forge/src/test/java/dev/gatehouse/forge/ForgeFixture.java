package dev.gatehouse.forge;

import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.handover.Handover;
import dev.gatehouse.core.handover.HandoverCodec;
import dev.gatehouse.core.identity.AuthenticationMethod;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.policy.PolicyVersion;
import dev.gatehouse.core.policy.RuleReference;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.git.DurableFiles;
import dev.gatehouse.git.GitEngine;
import dev.gatehouse.git.GitLimits;
import dev.gatehouse.git.Repositories;
import dev.gatehouse.store.Database;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A forge with everything real but the journal and the rules, in a folder whose path is short enough for a socket. */
final class ForgeFixture implements AutoCloseable {
    static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    static final String TRACEPARENT = "00-" + TRACE + "-b7ad6b7169203331-01";
    static final URI PUBLIC_URL = URI.create("https://git.example.org");

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Path folder;
    private final Database database;
    private final Repositories repositories;
    private final Forge forge;

    final FakeSetup setup = new FakeSetup();
    final MemoryJournal journal = new MemoryJournal();
    final TestSnapshots snapshots = new TestSnapshots();

    private ForgeFixture(Path folder, List<IntentRecord> openIntents) throws IOException {
        this.folder = folder;
        GitEngine.install(8 << 20);
        SecureRandom random = new SecureRandom();
        database = Database.sqlite(folder.resolve("forge.db"));
        repositories =
                new Repositories(folder.resolve("repositories"), GitLimits.defaults(), DurableFiles.ofSystem(), random);
        forge = Forge.start(
                ForgeSettings.of(folder.resolve("run").resolve("forge.sock"), PUBLIC_URL),
                new Forge.Parts(
                        database,
                        repositories,
                        snapshots,
                        journal,
                        openIntents,
                        InstantSource.fixed(NOON),
                        random,
                        random,
                        setup));
    }

    static ForgeFixture start() throws IOException {
        return in(Files.createTempDirectory("forge"), List.of());
    }

    static ForgeFixture in(Path folder, List<IntentRecord> openIntents) throws IOException {
        return new ForgeFixture(folder, openIntents);
    }

    Forge forge() {
        return forge;
    }

    Path folder() {
        return folder;
    }

    Path socket() {
        return folder.resolve("run").resolve("forge.sock");
    }

    Repositories repositories() {
        return repositories;
    }

    ForgeFixture withRepository(String name) {
        forge.createRepository(RepositoryName.parse(name).orElseThrow(), operator());
        return this;
    }

    static Caller operator() {
        return new Caller(
                Principal.Person.local("root", Set.of()), AuthenticationMethod.ADMIN_SOCKET, "uid 0", Instant.MAX);
    }

    static Caller caller(String name) {
        return new Caller(
                Principal.Person.local(name, Set.of()),
                AuthenticationMethod.ACCESS_TOKEN,
                "token-of-" + name,
                NOON.plusSeconds(60));
    }

    /** What the sidecar would send for {@code name}; for nobody where it is empty. */
    static String handover(String name) {
        Optional<Caller> caller = name.isEmpty() ? Optional.empty() : Optional.of(caller(name));
        return HandoverCodec.encode(new Handover(
                caller,
                List.of(TestSnapshots.DOMAIN.id("/ingress")),
                "192.0.2.1",
                RuleReference.builtIn("test"),
                new PolicyVersion(1, "0123456789ab")));
    }

    @Override
    public void close() {
        forge.close();
        repositories.close();
        database.close();
    }
}
