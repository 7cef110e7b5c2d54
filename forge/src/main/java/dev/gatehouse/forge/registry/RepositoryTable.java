package dev.gatehouse.forge.registry;

import dev.gatehouse.core.repository.ObjectFormat;
import dev.gatehouse.core.repository.RefName;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.MigrationSet;
import dev.gatehouse.store.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The forge's own area of the database. Safe for all threads; blocks. */
final class RepositoryTable {
    private static final String COLUMNS =
            "number, owner, name, directory, object_format, default_branch, description, created_at, created_by";

    private final Database database;

    RepositoryTable(Database database) {
        this.database = database;
        database.migrate(MigrationSet.of(RepositoryTable.class, "forge", "V1__repositories.sql"));
    }

    Optional<RegisteredRepository> find(RepositoryName name) {
        return database.read(transaction -> transaction.queryOne(
                "SELECT " + COLUMNS + " FROM forge_repositories WHERE owner = ? AND name = ?",
                RepositoryTable::repository,
                name.owner(),
                name.name()));
    }

    /** All of them, by name. */
    List<RegisteredRepository> all() {
        return database.read(transaction -> transaction.query(
                "SELECT " + COLUMNS + " FROM forge_repositories ORDER BY owner, name", RepositoryTable::repository));
    }

    /** Gives {@code directory} a name; empty where another has it. */
    Optional<RegisteredRepository> insert(
            RepositoryName name,
            String directory,
            ObjectFormat format,
            RefName branch,
            String description,
            Instant at,
            String by) {
        int inserted = database.write(transaction -> {
            transaction.execute("UPDATE forge_numbers SET last = last + 1 WHERE kind = ?", "repository");
            return transaction.execute(
                    "INSERT INTO forge_repositories (" + COLUMNS + ")"
                            + " SELECT last, ?, ?, ?, ?, ?, ?, ?, ? FROM forge_numbers WHERE kind = ?"
                            + " ON CONFLICT DO NOTHING",
                    name.owner(),
                    name.name(),
                    directory,
                    format.label(),
                    branch.value(),
                    description,
                    at,
                    by,
                    "repository");
        });
        return inserted == 1 ? find(name) : Optional.empty();
    }

    boolean delete(long number) {
        return database.write(
                        transaction -> transaction.execute("DELETE FROM forge_repositories WHERE number = ?", number))
                == 1;
    }

    private static RegisteredRepository repository(Row row) {
        return new RegisteredRepository(
                row.number("number"),
                new RepositoryName(row.text("owner"), row.text("name")),
                row.text("directory"),
                ObjectFormat.parse(row.text("object_format")).orElseThrow(),
                new RefName(row.text("default_branch")),
                row.text("description"),
                row.time("created_at"),
                row.text("created_by"));
    }
}
