package dev.gatehouse.control.policy;

import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.identity.TrustDomain;
import dev.gatehouse.core.policy.PolicyCompilation;
import dev.gatehouse.core.policy.PolicyCompiler;
import dev.gatehouse.core.policy.PolicyProblem;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.MigrationSet;
import dev.gatehouse.store.Transaction;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The rules in force, in the database. A new version replaces the old whole or not at all.
 *
 * <p>Design note. Threads: any; methods block on the database. {@link #changing} orders changes within this process, so that listeners see
 * versions rise; the database's transactions order them between processes.
 */
public final class PolicyStore {
    /** Far beyond what the compiler takes as rules. */
    private static final int TEXT_BYTES_MAX = 2 << 20;

    private static final String COLUMNS = "SELECT number, file, text FROM policy_versions ";

    private final Database database;
    private final PolicyCompiler compiler;
    private final InstantSource clock;
    private final Consumer<StoredPolicy> changed;
    private final ReentrantLock changing = new ReentrantLock();

    private PolicyStore(
            Database database, PolicyCompiler compiler, InstantSource clock, Consumer<StoredPolicy> changed) {
        this.database = database;
        this.compiler = compiler;
        this.clock = clock;
        this.changed = changed;
    }

    /**
     * Opens it on {@code database}, and brings its tables up to date.
     *
     * @param changed is given each version that comes into force, on the thread of whoever set it; not the one in force now
     */
    public static PolicyStore open(
            Database database, TrustDomain trustDomain, InstantSource clock, Consumer<StoredPolicy> changed) {
        database.migrate(MigrationSet.of(PolicyStore.class, "policy", "V1__versions.sql"));
        return new PolicyStore(database, new PolicyCompiler(trustDomain), clock, changed);
    }

    /**
     * What is in force; empty before the first.
     *
     * @throws dev.gatehouse.core.cause.FailureException where this version of the product cannot read what another accepted
     */
    public Optional<StoredPolicy> current() {
        return database.read(PolicyStore::newest).map(this::compiled);
    }

    /** Brings {@code text} into force, unless it cannot be used or is in force already. */
    public PolicyChange set(String file, String text) {
        changing.lock();
        try {
            PolicyChange change = compile(file, text);
            if (change instanceof PolicyChange.Accepted accepted && accepted.isNew()) {
                store(accepted.policy());
                changed.accept(accepted.policy());
            }
            return change;
        } finally {
            changing.unlock();
        }
    }

    /** Says what would become of {@code text}, and changes nothing. */
    public PolicyChange check(String file, String text) {
        return compile(file, text);
    }

    /**
     * Brings the text of a file into force, likewise. Decisions quote the file's last name.
     *
     * @throws dev.gatehouse.core.cause.FailureException {@code DATA_UNREADABLE} where it cannot be read
     */
    public PolicyChange load(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            if (Files.size(file) > TEXT_BYTES_MAX) {
                return tooLarge(name);
            }
            return set(name, Files.readString(file, StandardCharsets.UTF_8));
        } catch (CharacterCodingException e) {
            return refused(name, "it is not UTF-8");
        } catch (IOException e) {
            throw StartCause.DATA_UNREADABLE
                    .with("path", file.toString(), "detail", e.toString())
                    .asException();
        }
    }

    private PolicyChange compile(String file, String text) {
        if (text.length() > TEXT_BYTES_MAX) {
            return tooLarge(file);
        }
        Optional<Version> before = database.read(PolicyStore::newest);
        boolean inForce = before.filter(
                        version -> version.text().equals(text) && version.file().equals(file))
                .isPresent();
        long number = before.map(Version::number).orElse(0L) + (inForce ? 0 : 1);
        return switch (compiler.compile(file, text, number)) {
            case PolicyCompilation.Rejected rejected -> new PolicyChange.Refused(rejected.problems());
            case PolicyCompilation.Compiled compiled ->
                new PolicyChange.Accepted(
                        new StoredPolicy(number, file, text, compiled.policy()), !inForce, compiled.warnings());
        };
    }

    private void store(StoredPolicy policy) {
        database.write(transaction -> transaction.execute(
                "INSERT INTO policy_versions (number, file, text, created_at) VALUES (?, ?, ?, ?)",
                policy.number(),
                policy.file(),
                policy.text(),
                clock.instant()));
    }

    private StoredPolicy compiled(Version version) {
        return switch (compiler.compile(version.file(), version.text(), version.number())) {
            case PolicyCompilation.Compiled compiled ->
                new StoredPolicy(version.number(), version.file(), version.text(), compiled.policy());
            case PolicyCompilation.Rejected rejected -> throw rejected.failure().asException();
        };
    }

    private static Optional<Version> newest(Transaction transaction) {
        return transaction.queryOne(
                COLUMNS + "ORDER BY number DESC LIMIT 1",
                row -> new Version(row.number("number"), row.text("file"), row.text("text")));
    }

    private static PolicyChange tooLarge(String file) {
        return refused(file, "it is larger than " + TEXT_BYTES_MAX + " bytes");
    }

    private static PolicyChange refused(String file, String detail) {
        return new PolicyChange.Refused(List.of(new PolicyProblem(PolicyProblem.Kind.INVALID, file, 1, 1, detail)));
    }

    private record Version(long number, String file, String text) {}
}
