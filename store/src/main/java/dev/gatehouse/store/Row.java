package dev.gatehouse.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** One row of an answer. Only valid inside the mapper that it is given to. Columns are read by name. */
public final class Row {
    private final ResultSet results;

    Row(ResultSet results) {
        this.results = results;
    }

    /** A {@code TEXT} column that is not null. */
    public String text(String column) {
        return optionalText(column).orElseThrow(() -> isNull(column));
    }

    /** A {@code TEXT} column. */
    public Optional<String> optionalText(String column) {
        return get(() -> Optional.ofNullable(results.getString(column)));
    }

    /** A {@code BIGINT} column that is not null. */
    public long number(String column) {
        return optionalNumber(column).orElseThrow(() -> isNull(column));
    }

    /** A {@code BIGINT} column. */
    public Optional<Long> optionalNumber(String column) {
        return get(() -> {
            long number = results.getLong(column);
            return results.wasNull() ? Optional.empty() : Optional.of(number);
        });
    }

    /** A {@code BIGINT} column of 0 and 1. */
    public boolean flag(String column) {
        return number(column) != 0;
    }

    /** A {@code BIGINT} column of microseconds since 1970. */
    public Instant time(String column) {
        return Times.fromMicros(number(column));
    }

    /** A {@code BIGINT} column of microseconds since 1970. */
    public Optional<Instant> optionalTime(String column) {
        return optionalNumber(column).map(Times::fromMicros);
    }

    /** A {@code BYTEA} column that is not null. */
    public byte[] bytes(String column) {
        return get(() -> Optional.ofNullable(results.getBytes(column))).orElseThrow(() -> isNull(column));
    }

    private static IllegalStateException isNull(String column) {
        return new IllegalStateException("column " + column + " is null");
    }

    private static <T> T get(Getter<T> getter) {
        try {
            return getter.get();
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    private interface Getter<T> {
        T get() throws SQLException;
    }
}
