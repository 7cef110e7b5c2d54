package dev.gatehouse.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.StartCause;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Function;

/** A PostgreSQL database at SERIALIZABLE: several control nodes see one order of changes, as the writers of a SQLite file do. Threads: any. */
final class PostgresqlDatabase implements Database {
    private static final int CONNECTIONS_MAX = 10;
    private static final long CONNECTION_TIMEOUT_MILLIS = 5_000;
    /** A transaction that loses this often stands before a contention that trying again does not end. */
    private static final int ATTEMPTS_MAX = 20;

    /** serialization_failure, deadlock_detected; and unique_violation, which SERIALIZABLE may report in place of the first. */
    private static final Set<String> LOST_AGAINST_ANOTHER = Set.of("40001", "40P01", "23505");

    private final String place;
    private final HikariDataSource pool;

    private PostgresqlDatabase(String place, HikariDataSource pool) {
        this.place = place;
        this.pool = pool;
    }

    static PostgresqlDatabase open(String url, String user, String password) {
        // What follows the question mark may hold a secret.
        String place = url.replaceFirst("\\?.*", "");
        HikariConfig config = new HikariConfig();
        config.setPoolName("gatehouse");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
        try {
            return new PostgresqlDatabase(place, new HikariDataSource(config));
        } catch (HikariPool.PoolInitializationException e) {
            throw unavailable(place, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void migrate(MigrationSet migrations) {
        write(transaction -> new MigrationRunner(place).run(transaction, migrations));
    }

    @Override
    public <T> T write(Function<Transaction, T> work) {
        return runUntilItWins(work, false);
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        return runUntilItWins(work, true);
    }

    private <T> T runUntilItWins(Function<Transaction, T> work, boolean readOnly) {
        for (int attempt = 1; ; attempt++) {
            try {
                return run(work, readOnly);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS_MAX || !LOST_AGAINST_ANOTHER.contains(String.valueOf(e.getSQLState()))) {
                    throw unavailable(place, String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private <T> T run(Function<Transaction, T> work, boolean readOnly) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            boolean done = false;
            try {
                connection.setReadOnly(readOnly);
                T result = work.apply(new Transaction(connection));
                connection.commit();
                done = true;
                return result;
            } catch (UncheckedSqlException e) {
                throw e.sql();
            } finally {
                if (!done) {
                    connection.rollback();
                }
            }
        }
    }

    private static FailureException unavailable(String place, String detail) {
        return StartCause.DATABASE_UNAVAILABLE
                .with("path", place, "detail", detail)
                .asException();
    }

    @Override
    public void close() {
        pool.close();
    }
}
