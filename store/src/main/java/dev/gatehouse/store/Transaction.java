package dev.gatehouse.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A running transaction. Only valid inside the function that it is given to, on that function's thread. Values are always parameters: text,
 * numbers, booleans (as 0 and 1), {@link Instant}s (as microseconds), bytes, and {@link Optional}s of them.
 */
public final class Transaction {
    private final Connection connection;

    Transaction(Connection connection) {
        this.connection = connection;
    }

    /** Runs a statement, and says how many rows it changed. */
    public int execute(String sql, Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    /** All rows of the answer; the query itself must bound them. */
    public <T> List<T> query(String sql, Function<Row, T> mapper, Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet results = statement.executeQuery()) {
            Row row = new Row(results);
            List<T> rows = new ArrayList<>();
            while (results.next()) {
                rows.add(mapper.apply(row));
            }
            return rows;
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    /**
     * The only row of the answer; empty where there is none.
     *
     * @throws IllegalStateException where there are more
     */
    public <T> Optional<T> queryOne(String sql, Function<Row, T> mapper, Object... parameters) {
        List<T> rows = query(sql, mapper, parameters);
        if (rows.size() > 1) {
            throw new IllegalStateException(rows.size() + " rows where one was expected: " + sql);
        }
        return rows.stream().findFirst();
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < parameters.length; i++) {
                bind(statement, i + 1, parameters[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        switch (value) {
            case String text -> statement.setString(index, text);
            case Long number -> statement.setLong(index, number);
            case Integer number -> statement.setLong(index, number);
            case Boolean flag -> statement.setLong(index, flag ? 1 : 0);
            case Instant time -> statement.setLong(index, Times.toMicros(time));
            case byte[] bytes -> statement.setBytes(index, bytes);
            case Optional<?> optional -> {
                if (optional.isPresent()) {
                    bind(statement, index, optional.get());
                } else {
                    statement.setNull(index, Types.NULL);
                }
            }
            default -> throw new IllegalArgumentException("cannot be stored: " + value.getClass());
        }
    }
}
