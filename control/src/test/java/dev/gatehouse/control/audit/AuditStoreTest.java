package dev.gatehouse.control.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.control.TestClock;
import dev.gatehouse.core.audit.AuditRecord;
import dev.gatehouse.core.audit.AuditRecordCodec;
import dev.gatehouse.core.audit.OperatorRecord;
import dev.gatehouse.core.audit.RequestRecord;
import dev.gatehouse.core.audit.Role;
import dev.gatehouse.core.cause.AuditCause;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.PolicyCause;
import dev.gatehouse.core.trace.SpanId;
import dev.gatehouse.core.trace.TraceContext;
import dev.gatehouse.core.trace.TraceId;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.TemporaryPostgresql;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

class AuditStoreTest {
    @Nested
    class OnSqlite extends Contract {
        @TempDir
        private Path folder = Path.of("");

        @Override
        Database newDatabase() {
            return Database.sqlite(folder.resolve("gatehouse.db"));
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OnPostgresql extends Contract {
        private final TemporaryPostgresql server = TemporaryPostgresql.start();

        @Override
        Database newDatabase() {
            return server.newDatabase();
        }

        @AfterAll
        void stop() {
            server.close();
        }
    }

    abstract static class Contract {
        private static final String NODE = "spiffe://gatehouse.test/ingress";
        private final TestClock clock = new TestClock();
        private Optional<Database> database = Optional.empty();

        abstract Database newDatabase();

        private AuditStore open(AuditLimits limits) {
            Database opened = newDatabase();
            database = Optional.of(opened);
            return AuditStore.open(opened, limits, clock);
        }

        private AuditStore open() {
            return open(AuditLimits.DEFAULTS);
        }

        @AfterEach
        void close() {
            database.ifPresent(Database::close);
        }

        private AuditRecord request(int trace, Optional<Failure> failure) {
            TraceContext context = new TraceContext(
                    new TraceId(trace * 0x1_0000_0000L + 7, 1), new SpanId(trace), Optional.empty(), Optional.empty());
            return new RequestRecord(
                    clock.instant(),
                    Role.INGRESS,
                    context,
                    Optional.empty(),
                    new RequestRecord.Peer("127.0.0.1:1", "", ""),
                    Optional.empty(),
                    "GET",
                    "/demo/hello.git/info/refs",
                    "discover git-upload-pack",
                    Optional.empty(),
                    List.of(),
                    200,
                    failure,
                    0,
                    10,
                    new RequestRecord.Timing(1, 2, 3, 4));
        }

        private AuditRecord operator(String act) {
            return new OperatorRecord(clock.instant(), Optional.empty(), "uid 0", act, Map.of());
        }

        private static ShippedBatch batch(long first, AuditRecord... records) {
            List<byte[]> encoded = new ArrayList<>();
            for (AuditRecord record : records) {
                encoded.add(AuditRecordCodec.encode(record));
            }
            return new ShippedBatch(NODE, "journal-1", first, encoded);
        }

        @Test
        void recordsComeBackInTheirOrderWhetherTheyWereKeptAloneOrTogether() {
            AuditStore store = open();
            AuditRecord[] records = {
                request(1, Optional.empty()),
                operator("token.issue"),
                request(2, Optional.empty()),
                request(3, Optional.of(PolicyCause.NOT_ALLOWED.with())),
                request(4, Optional.empty())
            };
            assertThat(store.store(batch(1, records))).isEqualTo(5);
            assertThat(store.store(batch(6, operator("token.revoke")))).isEqualTo(6);

            assertThat(store.newest(100)).extracting(LogEntry::sequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
            assertThat(store.newest(100)).extracting(LogEntry::ordinal).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
            assertThat(store.newest(3)).extracting(LogEntry::sequence).containsExactly(4L, 5L, 6L);
            for (int i = 0; i < records.length; i++) {
                assertThat(store.newest(100).get(i).record()).isEqualTo(AuditRecordCodec.encode(records[i]));
            }
            assertThat(store.after(2)).extracting(LogEntry::sequence).containsExactly(3L, 4L, 5L, 6L);
            assertThat(store.after(6)).isEmpty();
        }

        @Test
        void whatIsSentTwiceIsStoredOnce() {
            AuditStore store = open();
            store.store(batch(1, operator("a"), operator("b")));
            assertThat(store.store(batch(1, operator("a"), operator("b")))).isEqualTo(2);
            assertThat(store.store(batch(2, operator("b"), request(1, Optional.empty()), operator("d"))))
                    .isEqualTo(4);
            assertThat(store.newest(100)).extracting(LogEntry::sequence).containsExactly(1L, 2L, 3L, 4L);
        }

        @Test
        void aGapIsRefusedAndSaysWhatComesNext() {
            AuditStore store = open();
            store.store(batch(1, operator("a")));
            assertThatThrownBy(() -> store.store(batch(3, operator("c"))))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> assertThat(e.failure())
                                    .isEqualTo(AuditCause.SEQUENCE_GAP.with(
                                            "journal", "journal-1", "expected", "2", "received", "3")));
            assertThat(store.newest(100)).hasSize(1);
        }

        @Test
        void anotherNodeCannotWriteToAJournal() {
            AuditStore store = open();
            store.store(batch(1, operator("a")));
            ShippedBatch foreign = new ShippedBatch(
                    "spiffe://gatehouse.test/forge", "journal-1", 2, List.of(AuditRecordCodec.encode(operator("b"))));
            assertThatThrownBy(() -> store.store(foreign)).hasMessageContaining("belongs to " + NODE);
        }

        @Test
        void aRecordThatCannotBeReadIsKeptAsItIs() {
            AuditStore store = open();
            store.store(new ShippedBatch(NODE, "journal-1", 1, List.of(new byte[] {99, 1, 2})));
            assertThat(store.newest(1).getFirst().record()).containsExactly(99, 1, 2);
        }

        @Test
        void oneRequestIsFoundByItsTrace() {
            AuditStore store = open();
            store.store(batch(1, request(1, Optional.empty()), request(2, Optional.empty())));
            store.store(
                    batch(3, request(2, Optional.of(PolicyCause.NOT_ALLOWED.with())), request(3, Optional.empty())));
            assertThat(store.byTrace(new TraceId(2 * 0x1_0000_0000L + 7, 1)))
                    .extracting(LogEntry::sequence)
                    .containsExactly(2L, 3L);
            // The same first four bytes, another trace.
            assertThat(store.byTrace(new TraceId(2 * 0x1_0000_0000L + 8, 1))).isEmpty();
        }

        @Test
        void badBatchesAreRefused() {
            AuditStore store = open();
            byte[] good = AuditRecordCodec.encode(operator("a"));
            for (ShippedBatch bad : List.of(
                    new ShippedBatch(NODE, "", 1, List.of(good)),
                    new ShippedBatch(NODE, "a/b", 1, List.of(good)),
                    new ShippedBatch(NODE, "j", -1, List.of(good)),
                    new ShippedBatch(NODE, "j", Long.MAX_VALUE, List.of(good)),
                    new ShippedBatch(NODE, "j", 1, List.of()),
                    new ShippedBatch(NODE, "j", 1, List.of(new byte[(3 << 20) + 1])),
                    new ShippedBatch(NODE, "j", 1, Collections.nCopies(10_001, good)))) {
                assertThatThrownBy(() -> store.store(bad))
                        .isInstanceOfSatisfying(
                                FailureException.class,
                                e -> assertThat(e.failure().cause()).isEqualTo(AuditCause.BATCH_INVALID));
            }
        }

        @Test
        void whatIsTooMuchOrTooOldGoes() {
            AuditStore store = open(new AuditLimits(2, 1, Duration.ofDays(10), 100, 1000, 100));
            store.store(batch(1, operator("a"), operator("b"), operator("c"), request(1, Optional.empty())));
            store.store(batch(5, request(2, Optional.empty())));
            store.prune();
            assertThat(store.newest(100)).extracting(LogEntry::sequence).containsExactly(2L, 3L, 5L);
            clock.advance(Duration.ofDays(11));
            store.prune();
            assertThat(store.newest(100)).isEmpty();
            assertThat(store.store(batch(6, operator("d")))).isEqualTo(6);
        }
    }
}
