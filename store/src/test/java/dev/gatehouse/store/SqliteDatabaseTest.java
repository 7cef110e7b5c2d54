package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.StartCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest extends DatabaseContract {
    @TempDir
    private Path folder = Path.of("");

    @Override
    Database open() {
        return Database.sqlite(folder.resolve("gatehouse.db"));
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        try (Database database = open()) {
            assertThat(database).isNotNull();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("gatehouse.db"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedWithItsPath() throws IOException {
        Path file = folder.resolve("gatehouse.db");
        Files.writeString(
                file, "this is not a database, and long enough to be looked at as one by its header. ".repeat(20));
        assertThatThrownBy(() -> Database.sqlite(file))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().cause()).isEqualTo(StartCause.DATA_UNREADABLE))
                .hasMessageContaining(file.toString());
    }

    @Test
    void aFolderInItsPlaceIsRefusedWithItsPath() throws IOException {
        Path file = Files.createDirectory(folder.resolve("gatehouse.db"));
        assertThatThrownBy(() -> Database.sqlite(file))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void betweenTwoUsesItIsNotLocked() {
        try (Database first = open();
                Database second = open()) {
            for (Database each : java.util.List.of(first, second, first)) {
                each.write(transaction -> transaction.execute("CREATE TABLE IF NOT EXISTS t (name TEXT)"));
            }
            assertThat(second.<Long>read(transaction -> transaction
                            .queryOne("SELECT count(*) AS rows_held FROM t", row -> row.number("rows_held"))
                            .orElseThrow()))
                    .isZero();
        }
    }

    @Test
    void aClosedDatabaseSaysSo() {
        Database database = open();
        database.close();
        assertThatThrownBy(() -> database.write(transaction -> 1)).hasMessageContaining("it is closed");
        assertThatThrownBy(() -> database.read(transaction -> 1)).hasMessageContaining("it is closed");
    }
}
