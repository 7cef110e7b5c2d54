package dev.gatehouse.forge.registry;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.audit.OperatorRecord;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.RepositoryCause;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.policy.Action;
import dev.gatehouse.core.policy.Decision;
import dev.gatehouse.core.policy.Permit;
import dev.gatehouse.core.policy.Refusal;
import dev.gatehouse.core.policy.Resource;
import dev.gatehouse.core.repository.ObjectFormat;
import dev.gatehouse.core.repository.RefName;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.core.trace.TraceId;
import dev.gatehouse.git.HostedRepository;
import dev.gatehouse.git.Repositories;
import dev.gatehouse.store.Database;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The repositories by name, behind the rules.
 *
 * <p>The order of questions keeps existence private: first the rules are asked, and only one whom they allow learns whether the repository is
 * there. A change is recorded durably before it is made. Safe for all threads; every method blocks.
 */
public final class RepositoryCatalog {
    /** Paths below these are the product's own. */
    private static final Set<String> RESERVED_OWNERS = Set.of("api");

    private static final Logger LOG = LoggerFactory.getLogger(RepositoryCatalog.class);

    private final RepositoryTable table;
    private final Repositories repositories;
    private final Access access;
    private final AuditJournal journal;
    private final InstantSource clock;

    public RepositoryCatalog(
            Database database, Repositories repositories, Access access, AuditJournal journal, InstantSource clock) {
        this.table = new RepositoryTable(database);
        this.repositories = repositories;
        this.access = access;
        this.journal = journal;
        this.clock = clock;
    }

    /** The repository of that name, for who may read it; {@code NO_SUCH_REPOSITORY} for who may, where there is none. */
    public RegisteredRepository forReading(Requester requester, RepositoryName name) {
        access.require(requester, Action.READ, new Resource.Repository(name));
        return table.find(name).orElseThrow(() -> missing(name));
    }

    /** The repository that a push is announced for; empty where there is none and the push may make it. Changes nothing. */
    public Optional<RegisteredRepository> forAnnouncedPush(Requester requester, RepositoryName name) {
        access.require(requester, Action.PUSH, new Resource.SomeRef(name));
        Optional<RegisteredRepository> found = table.find(name);
        if (found.isEmpty()) {
            requireCreate(requester, name);
        }
        return found;
    }

    /** The repository to push to, made now where there is none and the rules allow that. */
    public RegisteredRepository forPush(Requester requester, RepositoryName name) {
        return forAnnouncedPush(requester, name).orElseGet(() -> {
            try {
                return make(name, "", requester);
            } catch (FailureException raced) {
                return table.find(name).orElseThrow(() -> raced);
            }
        });
    }

    /** Makes an empty repository, where the rules allow it. */
    public RegisteredRepository create(Requester requester, RepositoryName name, String description) {
        access.require(requester, Action.CREATE, new Resource.Repository(name));
        return make(name, description, requester);
    }

    /** Makes an empty repository for the operator of the machine, who may change the rules themselves and is not asked for one. */
    public RegisteredRepository createAsOperator(Requester operator, RepositoryName name) {
        return make(name, "", operator);
    }

    /** Removes a repository and everything in it, where the rules allow it. */
    public void delete(Requester requester, RepositoryName name) {
        access.require(requester, Action.DELETE, new Resource.Repository(name));
        RegisteredRepository repository = table.find(name).orElseThrow(() -> missing(name));
        record("repository.delete", repository.name(), repository.id(), requester);
        if (table.delete(repository.number())) {
            repositories.delete(repository.id());
        }
    }

    /** Those that the requester may read, by name. */
    public List<RegisteredRepository> readable(Requester requester) {
        return table.all().stream()
                .filter(repository ->
                        access.allows(new Unnoted(requester), Action.READ, new Resource.Repository(repository.name())))
                .toList();
    }

    /** All of them, for the operator of the machine, by name. */
    public List<RegisteredRepository> listAsOperator() {
        return table.all();
    }

    /** The repository that the operator of the machine wants tidied; recorded. */
    public RegisteredRepository forMaintenance(Requester operator, RepositoryName name) {
        RegisteredRepository repository = table.find(name).orElseThrow(() -> missing(name));
        record("repository.maintain", name, repository.id(), operator);
        return repository;
    }

    /** Whether the requester may do {@code action} to it; not kept for the record. */
    public boolean allows(Requester requester, Action action, Resource resource) {
        return access.allows(new Unnoted(requester), action, resource);
    }

    /** Opens it for use; close the result. */
    public HostedRepository open(RegisteredRepository repository) {
        return repositories.open(repository.id());
    }

    /** How many there are. */
    public int count() {
        return table.all().size();
    }

    /** Removes directories that never got a name because the process ended in between; only empty ones. Before anything is served. */
    public void sweep() {
        Set<String> named = new HashSet<>();
        table.all().forEach(repository -> named.add(repository.id()));
        for (String id : repositories.list()) {
            if (!named.contains(id)) {
                boolean empty;
                try (HostedRepository nameless = repositories.open(id)) {
                    empty = nameless.isEmpty();
                }
                if (empty) {
                    repositories.delete(id);
                    LOG.info("removed repository {}, which never got a name", id);
                } else {
                    LOG.warn("repository {} has no name and is not empty; it is kept", id);
                }
            }
        }
    }

    private void requireCreate(Requester requester, RepositoryName name) {
        Decision create = access.decide(requester, Action.CREATE, new Resource.Repository(name));
        if (create instanceof Refusal refusal) {
            boolean mayKnow = access.decide(requester, Action.READ, new Resource.Repository(name)) instanceof Permit;
            throw mayKnow ? missing(name) : refusal.failure().asException();
        }
    }

    private RegisteredRepository make(RepositoryName name, String description, Requester requester) {
        if (RESERVED_OWNERS.contains(name.owner())) {
            throw RepositoryCause.REPOSITORY_NAME_INVALID
                    .with("name", name.toString(), "detail", "the product itself uses " + name.owner())
                    .asException();
        }
        if (table.find(name).isPresent()) {
            throw exists(name);
        }
        String id = repositories.create(ObjectFormat.SHA1);
        try {
            RefName branch;
            try (HostedRepository made = repositories.open(id)) {
                branch = made.defaultBranch();
            }
            record("repository.create", name, id, requester);
            return table.insert(name, id, ObjectFormat.SHA1, branch, description, clock.instant(), actor(requester))
                    .orElseThrow(() -> exists(name));
        } catch (RuntimeException failed) {
            repositories.delete(id);
            throw failed;
        }
    }

    private void record(String act, RepositoryName name, String id, Requester requester) {
        journal.recordDurably(new OperatorRecord(
                clock.instant(),
                requester.trace(),
                actor(requester),
                act,
                Map.of("repository", name.toString(), "id", id)));
    }

    private static String actor(Requester requester) {
        return requester.caller().map(Caller::principal).map(Principal::key).orElse("operator");
    }

    private static RuntimeException missing(RepositoryName name) {
        return RepositoryCause.NO_SUCH_REPOSITORY
                .with("repository", name.toString())
                .asException();
    }

    private static RuntimeException exists(RepositoryName name) {
        return RepositoryCause.REPOSITORY_EXISTS
                .with("repository", name.toString())
                .asException();
    }

    /** Asks for lists and hints, whose many answers are nobody's decision. */
    private record Unnoted(Requester requester) implements Requester {
        @Override
        public Optional<Caller> caller() {
            return requester.caller();
        }

        @Override
        public Optional<TraceId> trace() {
            return requester.trace();
        }

        @Override
        public void note(Decision decision) {}
    }
}
