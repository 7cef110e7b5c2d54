package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.StartCause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What both databases do alike. */
abstract class DatabaseContract {
    private static final MigrationSet FIRST =
            new MigrationSet("sample", List.of(new MigrationSet.Migration("V1__things.sql", """
                    -- Things.
                    CREATE TABLE things (name TEXT NOT NULL PRIMARY KEY, size BIGINT, content BYTEA, made_at BIGINT);
                    CREATE TABLE counter (value BIGINT NOT NULL);
                    INSERT INTO counter (value) VALUES (0);
                    """)));
    private static final MigrationSet SECOND = new MigrationSet(
            "sample",
            List.of(
                    FIRST.migrations().getFirst(),
                    new MigrationSet.Migration("V2__colour.sql", "ALTER TABLE things ADD COLUMN colour TEXT;\n")));

    abstract Database open();

    private Database migrated() {
        Database database = open();
        database.migrate(FIRST);
        return database;
    }

    @Test
    void whatWasWrittenIsReadBack() {
        try (Database database = migrated()) {
            Instant madeAt = Instant.parse("2026-11-23T03:04:05.678901Z");
            database.write(transaction -> transaction.execute(
                    "INSERT INTO things (name, size, content, made_at) VALUES (?, ?, ?, ?)",
                    "one",
                    Optional.empty(),
                    new byte[] {0, 1, (byte) 0xff},
                    madeAt));
            String read = database.read(transaction -> transaction
                    .queryOne(
                            "SELECT * FROM things WHERE name = ?",
                            row -> {
                                assertThat(row.optionalNumber("size")).isEmpty();
                                assertThat(row.bytes("content")).containsExactly(0, 1, 0xff);
                                assertThat(row.time("made_at")).isEqualTo(madeAt);
                                return row.text("name");
                            },
                            "one")
                    .orElseThrow());
            assertThat(read).isEqualTo("one");
        }
    }

    @Test
    void whatThrowsChangesNothing() {
        try (Database database = migrated()) {
            assertThatThrownBy(() -> database.write(transaction -> {
                        transaction.execute("INSERT INTO things (name) VALUES (?)", "one");
                        throw new IllegalArgumentException("no");
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(count(database)).isZero();
        }
    }

    @Test
    void aReaderCannotWrite() {
        try (Database database = migrated()) {
            assertThatThrownBy(() -> database.read(
                            transaction -> transaction.execute("INSERT INTO things (name) VALUES (?)", "one")))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> assertThat(e.failure().cause()).isEqualTo(StartCause.DATABASE_UNAVAILABLE));
            assertThat(count(database)).isZero();
        }
    }

    @Test
    void migrationsAreAppliedOnceAndInOrder() {
        try (Database database = migrated()) {
            database.migrate(FIRST);
            database.migrate(SECOND);
            database.migrate(SECOND);
            assertThat(database.<Integer>write(transaction ->
                            transaction.execute("INSERT INTO things (name, colour) VALUES (?, ?)", "one", "red")))
                    .isEqualTo(1);
        }
    }

    @Test
    void aNewerVersionsDatabaseIsRefused() {
        try (Database database = migrated()) {
            database.migrate(SECOND);
            assertThatThrownBy(() -> database.migrate(FIRST))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> assertThat(e.failure().cause()).isEqualTo(StartCause.DATA_UNREADABLE))
                    .hasMessageContaining("a newer version of the product has written it (sample is at version 2");
        }
    }

    @Test
    void aChangedMigrationIsRefused() {
        try (Database database = migrated()) {
            MigrationSet changed = new MigrationSet(
                    "sample",
                    List.of(new MigrationSet.Migration("V1__things.sql", "CREATE TABLE things (name TEXT);\n")));
            assertThatThrownBy(() -> database.migrate(changed)).hasMessageContaining("differs from V1__things.sql");
        }
    }

    @Test
    void aMigrationThatFailsLeavesNothingBehind() {
        try (Database database = migrated()) {
            MigrationSet broken = new MigrationSet(
                    "sample",
                    List.of(
                            FIRST.migrations().getFirst(),
                            new MigrationSet.Migration(
                                    "V2__broken.sql", "CREATE TABLE more (name TEXT);\nCREATE NONSENSE;\n")));
            assertThatThrownBy(() -> database.migrate(broken)).isInstanceOf(FailureException.class);
            database.migrate(SECOND);
            database.write(transaction -> transaction.execute("CREATE TABLE more (name TEXT)"));
        }
    }

    @Test
    void concurrentWritersLoseNothing() throws Exception {
        try (Database database = migrated();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> increments = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                increments.add(threads.submit(() -> database.write(transaction -> {
                    long before = transaction
                            .queryOne("SELECT value FROM counter", row -> row.number("value"))
                            .orElseThrow();
                    return transaction.execute("UPDATE counter SET value = ?", before + 1);
                })));
            }
            for (Future<Integer> increment : increments) {
                increment.get();
            }
            assertThat(database.<Long>read(transaction -> transaction
                            .queryOne("SELECT value FROM counter", row -> row.number("value"))
                            .orElseThrow()))
                    .isEqualTo(8);
        }
    }

    private static long count(Database database) {
        return database.read(transaction -> transaction
                .queryOne("SELECT count(*) AS things FROM things", row -> row.number("things"))
                .orElseThrow());
    }
}
