package dev.gatehouse.store;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.StartCause;
import java.util.List;

/** Applies what is missing of one {@link MigrationSet}, in one transaction: all of it or none. */
final class MigrationRunner {
    private static final String CREATE_HISTORY = """
            CREATE TABLE IF NOT EXISTS schema_history (
              area TEXT NOT NULL, version BIGINT NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL,
              PRIMARY KEY (area, version))""";

    private final String place;

    /** @param place the database, as people know it */
    MigrationRunner(String place) {
        this.place = place;
    }

    int run(Transaction transaction, MigrationSet set) {
        transaction.execute(CREATE_HISTORY);
        List<Applied> applied = transaction.query(
                "SELECT name, checksum FROM schema_history WHERE area = ? ORDER BY version",
                row -> new Applied(row.text("name"), row.text("checksum")),
                set.area());
        if (applied.size() > set.migrations().size()) {
            throw unreadable("a newer version of the product has written it (" + set.area() + " is at version "
                    + applied.size() + ", this one knows " + set.migrations().size() + ")");
        }
        for (int i = 0; i < set.migrations().size(); i++) {
            MigrationSet.Migration migration = set.migrations().get(i);
            if (i < applied.size()) {
                verify(set, migration, applied.get(i));
            } else {
                apply(transaction, set, migration, i + 1);
            }
        }
        return set.migrations().size() - applied.size();
    }

    private void verify(MigrationSet set, MigrationSet.Migration migration, Applied applied) {
        if (!migration.checksum().equals(applied.checksum())) {
            throw unreadable("another version of the product has written it (" + set.area() + "/" + applied.name()
                    + " differs from " + migration.name() + ")");
        }
    }

    private static void apply(
            Transaction transaction, MigrationSet set, MigrationSet.Migration migration, int version) {
        migration.statements().forEach(transaction::execute);
        transaction.execute(
                "INSERT INTO schema_history (area, version, name, checksum) VALUES (?, ?, ?, ?)",
                set.area(),
                version,
                migration.name(),
                migration.checksum());
    }

    private FailureException unreadable(String detail) {
        return StartCause.DATA_UNREADABLE.with("path", place, "detail", detail).asException();
    }

    private record Applied(String name, String checksum) {}
}
