package dev.gatehouse.store;

import java.nio.file.Path;
import java.util.function.Function;

/**
 * One database. The same SQL runs on both kinds: {@code TEXT}, {@code BIGINT} and {@code BYTEA} columns, {@code ?} parameters,
 * {@code INSERT ... ON CONFLICT}. Work is a function of a {@link Transaction}; it is atomic and serialisable, and it may run more than once, so
 * it must have no other effects.
 *
 * <p>Design note. SQLite: one writer connection behind a lock (its only writer at any time), a bounded set of readers that never wait for it
 * (WAL). PostgreSQL: a pool of connections at SERIALIZABLE; a transaction that loses against another is run again, a bounded number of times.
 * All methods block and are safe for all threads.
 *
 * <p>Every method throws {@link dev.gatehouse.core.cause.FailureException}: {@code DATA_UNREADABLE} where the content cannot be used,
 * {@code DATABASE_UNAVAILABLE} where it cannot be used now.
 */
public sealed interface Database extends AutoCloseable permits SqliteDatabase, PostgresqlDatabase {
    /** The SQLite database in {@code file}, created with mode 0600 where there is none. */
    static Database sqlite(Path file) {
        return SqliteDatabase.open(file);
    }

    /** The PostgreSQL database at {@code url}, such as {@code jdbc:postgresql://host/name}. */
    static Database postgresql(String url, String user, String password) {
        return PostgresqlDatabase.open(url, user, password);
    }

    /** Brings one area of the schema up to date. Refuses a database that a newer version has written. */
    void migrate(MigrationSet migrations);

    /** Runs {@code work}; what it changed is on stable storage when this returns, and undone where it throws. */
    <T> T write(Function<Transaction, T> work);

    /** Runs {@code work} on one consistent state. It must not change anything. */
    <T> T read(Function<Transaction, T> work);

    @Override
    void close();
}
