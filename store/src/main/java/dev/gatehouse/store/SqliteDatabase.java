package dev.gatehouse.store;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.StartCause;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * A SQLite file in WAL mode. Threads: any. The writer connection is used only under {@link #writing}; a reader connection only by the thread
 * that took it from {@link #idleReaders}, and there are never more than {@link #READERS_MAX}.
 */
final class SqliteDatabase implements Database {
    private static final Logger log = LoggerFactory.getLogger(SqliteDatabase.class);

    /** Readers never wait for the writer, but each holds file handles and a page cache. */
    private static final int READERS_MAX = 4;
    /** Other processes (a backup, a person with sqlite3) may hold the file for a moment. */
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    private static final String MODE_OWNER_ONLY = "rw-------";

    private final Path file;
    private final Connection writer;
    private final ReentrantLock writing = new ReentrantLock();
    private final Semaphore readerPermits = new Semaphore(READERS_MAX);
    private final Deque<Connection> idleReaders = new ArrayDeque<>();
    private volatile boolean closed;

    private SqliteDatabase(Path file, Connection writer) {
        this.file = file;
        this.writer = writer;
    }

    static SqliteDatabase open(Path file) {
        try {
            createPrivately(file);
            Connection writer = connect(file);
            try {
                // Reads the header and the schema, so that a damaged file is refused here and not in the middle of a
                // request.
                new Transaction(writer)
                        .query("SELECT count(*) AS tables FROM sqlite_master", row -> row.number("tables"));
                return new SqliteDatabase(file, writer);
            } catch (RuntimeException e) {
                writer.close();
                throw e;
            }
        } catch (UncheckedSqlException e) {
            throw unreadable(file, String.valueOf(e.sql().getMessage()));
        } catch (SQLException | IOException e) {
            throw unreadable(file, e.toString());
        }
    }

    private static void createPrivately(Path file) throws IOException {
        try {
            Files.createFile(
                    file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE_OWNER_ONLY)));
        } catch (FileAlreadyExistsException exists) {
            if (!Files.isRegularFile(file)) {
                throw new IOException("not a file", exists);
            }
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    @Override
    public void migrate(MigrationSet migrations) {
        write(transaction -> new MigrationRunner(file.toString()).run(transaction, migrations));
    }

    @Override
    public <T> T write(Function<Transaction, T> work) {
        writing.lock();
        try {
            if (closed) {
                throw unavailable("it is closed");
            }
            return run(writer, "BEGIN IMMEDIATE", work);
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        readerPermits.acquireUninterruptibly();
        try {
            Connection reader = takeReader();
            try {
                T result = run(reader, "BEGIN", work);
                giveReaderBack(reader);
                return result;
            } catch (SQLException | RuntimeException e) {
                reader.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            readerPermits.release();
        }
    }

    /**
     * Begins and ends the transaction itself: with the driver's own way one is always open, and holds the file's lock between two uses.
     *
     * @param begin how; a writer takes the lock at once, so that it never fails in the middle
     */
    private static <T> T run(Connection connection, String begin, Function<Transaction, T> work) throws SQLException {
        try {
            Transaction transaction = new Transaction(connection);
            transaction.execute(begin);
            boolean done = false;
            try {
                T result = work.apply(transaction);
                transaction.execute("COMMIT");
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollBack(connection);
                }
            }
        } catch (UncheckedSqlException e) {
            throw e.sql();
        }
    }

    /** SQLite rolls back by itself after some errors, and then says that there is nothing to roll back. */
    private static void rollBack(Connection connection) {
        try {
            new Transaction(connection).execute("ROLLBACK");
        } catch (UncheckedSqlException nothingToRollBack) {
            log.debug("no transaction was open", nothingToRollBack);
        }
    }

    private Connection takeReader() throws SQLException {
        synchronized (idleReaders) {
            if (closed) {
                throw unavailable("it is closed");
            }
            Connection idle = idleReaders.poll();
            if (idle != null) {
                return idle;
            }
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        Connection reader = config.createConnection("jdbc:sqlite:" + file);
        try {
            new Transaction(reader).execute("PRAGMA query_only = 1");
            return reader;
        } catch (UncheckedSqlException e) {
            reader.close();
            throw e.sql();
        }
    }

    private void giveReaderBack(Connection reader) throws SQLException {
        synchronized (idleReaders) {
            if (!closed) {
                idleReaders.push(reader);
                return;
            }
        }
        reader.close();
    }

    private FailureException failure(SQLException e) {
        int primaryCode = e.getErrorCode() & 0xff;
        return primaryCode == SQLiteErrorCode.SQLITE_CORRUPT.code || primaryCode == SQLiteErrorCode.SQLITE_NOTADB.code
                ? unreadable(file, String.valueOf(e.getMessage()))
                : unavailable(String.valueOf(e.getMessage()));
    }

    private FailureException unavailable(String detail) {
        return StartCause.DATABASE_UNAVAILABLE
                .with("path", file.toString(), "detail", detail)
                .asException();
    }

    private static FailureException unreadable(Path file, String detail) {
        return StartCause.DATA_UNREADABLE
                .with("path", file.toString(), "detail", detail)
                .asException();
    }

    @Override
    public void close() {
        writing.lock();
        try {
            synchronized (idleReaders) {
                closed = true;
                for (Connection reader = idleReaders.poll(); reader != null; reader = idleReaders.poll()) {
                    reader.close();
                }
            }
            writer.close();
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            writing.unlock();
        }
    }
}
