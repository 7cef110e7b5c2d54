package dev.gatehouse.forge;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.cause.RepositoryCause;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.policy.Decision;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.core.snapshot.SnapshotSource;
import dev.gatehouse.core.trace.TraceId;
import dev.gatehouse.forge.api.Api;
import dev.gatehouse.forge.git.SmartHttp;
import dev.gatehouse.forge.http.ForgeServer;
import dev.gatehouse.forge.page.Pages;
import dev.gatehouse.forge.page.SetupClaims;
import dev.gatehouse.forge.registry.Access;
import dev.gatehouse.forge.registry.RegisteredRepository;
import dev.gatehouse.forge.registry.RepositoryCatalog;
import dev.gatehouse.forge.registry.Requester;
import dev.gatehouse.git.DurableFiles;
import dev.gatehouse.git.IntentResolver;
import dev.gatehouse.git.Maintenance;
import dev.gatehouse.git.MaintenanceSettings;
import dev.gatehouse.git.MaintenanceStatus;
import dev.gatehouse.git.ReceiveService;
import dev.gatehouse.git.Repositories;
import dev.gatehouse.git.UploadService;
import dev.gatehouse.store.Database;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The Git host, running. What it is given stays the caller's: it closes neither the database nor the repositories nor the journal.
 *
 * <p>Threads: see {@link ForgeServer}. All methods are safe for all threads, and block.
 */
public final class Forge implements AutoCloseable {
    private final ForgeSettings settings;
    private final RepositoryCatalog catalog;
    private final Maintenance maintenance;
    private final ForgeServer server;
    private final int resolved;

    private Forge(
            ForgeSettings settings,
            RepositoryCatalog catalog,
            Maintenance maintenance,
            ForgeServer server,
            int resolved) {
        this.settings = settings;
        this.catalog = catalog;
        this.maintenance = maintenance;
        this.server = server;
        this.resolved = resolved;
    }

    /**
     * What a forge works with.
     *
     * @param database where names are kept
     * @param repositories opened, and so already swept of what an earlier process left
     * @param snapshots the rules
     * @param journal where everything is recorded
     * @param openIntents what the journal knows of pushes that an earlier process did not end
     * @param clock tells the time
     * @param spans gives span IDs; safe for all threads
     * @param secrets gives push IDs; safe for all threads
     * @param setup makes the first administrator
     */
    public record Parts(
            Database database,
            Repositories repositories,
            SnapshotSource snapshots,
            AuditJournal journal,
            List<IntentRecord> openIntents,
            InstantSource clock,
            RandomGenerator spans,
            SecureRandom secrets,
            SetupClaims setup) {
        public Parts {
            openIntents = List.copyOf(openIntents);
        }
    }

    /**
     * Finds out what became of every open intent, then serves.
     *
     * @throws dev.gatehouse.core.cause.FailureException where it cannot
     */
    public static Forge start(ForgeSettings settings, Parts parts) {
        DurableFiles files = DurableFiles.ofSystem();
        int resolved = new IntentResolver(parts.repositories(), files, parts.journal(), parts.clock())
                .resolve(parts.openIntents())
                .size();
        Access access = new Access(parts.snapshots());
        RepositoryCatalog catalog =
                new RepositoryCatalog(parts.database(), parts.repositories(), access, parts.journal(), parts.clock());
        catalog.sweep();
        Maintenance maintenance =
                new Maintenance(parts.repositories(), MaintenanceSettings.defaults(), parts.clock(), parts.secrets());
        maintenance.start();
        try {
            ReceiveService pushes = new ReceiveService(
                    settings.git(), files, parts.journal(), parts.clock(), parts.secrets(), maintenance);
            SmartHttp git = new SmartHttp(catalog, new UploadService(settings.git()), pushes, parts.snapshots());
            Site site = new Site(
                    git,
                    new Api(catalog, access, settings.publicUrl()),
                    new Pages(catalog, settings.publicUrl(), parts.setup()),
                    parts.journal());
            ForgeServer server = ForgeServer.start(
                    settings.socket(),
                    settings.http(),
                    Optional.empty(),
                    site,
                    parts.journal(),
                    parts.clock(),
                    parts.spans());
            return new Forge(settings, catalog, maintenance, server, resolved);
        } catch (RuntimeException failed) {
            maintenance.close();
            throw failed;
        }
    }

    /**
     * Makes an empty repository for the operator of this machine, by whose will the rules are what they are; recorded.
     *
     * @throws dev.gatehouse.core.cause.FailureException where the name is taken or cannot be had
     */
    public RegisteredRepository createRepository(RepositoryName name, Caller operator) {
        return catalog.createAsOperator(new Operator(Optional.of(operator), Optional.empty()), name);
    }

    /** How it stands. */
    public ForgeStatus status() {
        return new ForgeStatus(settings.socket(), catalog.count(), maintenance.queued(), resolved);
    }

    /** Tidies repositories, and says how they are stored. */
    public Maintenance maintenance() {
        return maintenance;
    }

    /** How every repository is stored, by name. */
    public List<RepositoryStorage> storage() {
        return catalog.listAsOperator().stream()
                .map(repository -> new RepositoryStorage(repository.name(), maintenance.status(repository.id())))
                .toList();
    }

    /**
     * Tidies one repository now, for the operator of this machine; recorded. Blocks for as long as that takes.
     *
     * @throws dev.gatehouse.core.cause.FailureException where there is none of that name, or it could not be tidied
     */
    public MaintenanceRun maintain(RepositoryName name, Caller operator) {
        RegisteredRepository repository =
                catalog.forMaintenance(new Operator(Optional.of(operator), Optional.empty()), name);
        MaintenanceStatus before = maintenance.status(repository.id());
        maintenance.runNow(repository.id());
        MaintenanceStatus after = maintenance.status(repository.id());
        if (after.failures() > before.failures()) {
            throw RepositoryCause.MAINTENANCE_FAILED
                    .with("repository", name.toString())
                    .asException();
        }
        return new MaintenanceRun(before, after);
    }

    /** Lets running requests end, within the bound, and stops. */
    @Override
    public void close() {
        server.close();
        maintenance.close();
    }

    private record Operator(Optional<Caller> caller, Optional<TraceId> trace) implements Requester {
        @Override
        public void note(Decision decision) {}
    }
}
