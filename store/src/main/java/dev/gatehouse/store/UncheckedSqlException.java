package dev.gatehouse.store;

import java.sql.SQLException;

/** Carries an {@link SQLException} through a function to the database that gave the transaction. Never leaves this package. */
final class UncheckedSqlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SQLException sql;

    UncheckedSqlException(SQLException sql) {
        super(sql);
        this.sql = sql;
    }

    SQLException sql() {
        return sql;
    }
}
