package dev.gatehouse.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.cause.AuditCause;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.trace.TraceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final TraceId TRACE = new TraceId(7, 9);

    @TempDir
    Path folder;

    private static Spool open(SpoolStorage storage, SpoolLimits limits) throws IOException {
        return Spool.open(storage, Records.ENCODING, limits, Records.CLOCK, new SplittableRandom(1));
    }

    private Spool open() {
        return Spool.open(folder, Records.ENCODING, Records.SMALL, Records.CLOCK, new SplittableRandom(1));
    }

    private static List<String> names(List<SpoolEntry> entries) {
        return entries.stream().map(entry -> Records.name(entry.record())).toList();
    }

    @Test
    void numbers_records_from_one_and_keeps_their_order() {
        try (Spool spool = open()) {
            spool.record(Records.note("a"));
            assertThat(spool.recordDurably(Records.note("b"))).isEqualTo(2);
            assertThat(spool.recordDurably(Records.note("c"))).isEqualTo(3);
            assertThat(names(spool.reader().tail(10))).containsExactly("a", "b", "c");
        }
    }

    @Test
    void goes_on_after_it_was_closed_with_the_same_identity_and_the_next_number() {
        String journal;
        try (Spool spool = open()) {
            spool.record(Records.note("a"));
            journal = spool.journal();
        }
        try (Spool spool = open()) {
            assertThat(spool.journal()).isEqualTo(journal).matches("[0-9a-f]{32}");
            assertThat(spool.recordDurably(Records.note("b"))).isEqualTo(2);
            assertThat(names(spool.reader().tail(10))).containsExactly("a", "b");
        }
    }

    @Test
    void its_files_are_for_its_owner_alone() throws IOException {
        open().close();
        try (var files = Files.list(folder)) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void a_second_writer_is_refused_and_told_who_has_it() {
        try (Spool first = open()) {
            assertThat(first.accepting()).isTrue();
            FailureException refused = catchThrowableOfType(FailureException.class, this::open);
            assertThat(refused.failure().cause()).isEqualTo(StartCause.DATA_IN_USE);
            assertThat(refused.failure().message())
                    .contains("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void finds_a_trace_across_segments_and_reads_beside_the_writer() {
        try (Spool spool = open()) {
            for (int i = 0; i < 500; i++) {
                spool.record(i % 100 == 0 ? Records.note("hit" + i, TRACE) : Records.note("other" + i));
            }
            spool.flush();
            assertThat(names(spool.reader().find(TRACE)))
                    .containsExactly("hit0", "hit100", "hit200", "hit300", "hit400");
            SpoolReader beside = SpoolReader.open(folder, Records.ENCODING, Records.SMALL);
            assertThat(names(beside.find(TRACE))).containsExactly("hit0", "hit100", "hit200", "hit300", "hit400");
            assertThat(names(beside.tail(2))).containsExactly("other498", "other499");
        }
    }

    @Test
    void ships_everything_once_in_batches_without_a_gap() {
        try (Spool spool = open()) {
            for (int i = 1; i <= 300; i++) {
                spool.record(Records.note("r" + i));
            }
            spool.flush();
            List<String> shipped = new ArrayList<>();
            long next = 1;
            SpoolBatch batch = spool.reader().read(next, 7, 100);
            while (!batch.records().isEmpty()) {
                assertThat(batch.firstSequence()).isEqualTo(next);
                assertThat(batch.journal()).isEqualTo(spool.journal());
                assertThat(batch.records()).hasSizeLessThanOrEqualTo(7);
                batch.records()
                        .forEach(bytes -> shipped.add(
                                Records.name(Records.ENCODING.decode(bytes).orElseThrow())));
                next = batch.lastSequence() + 1;
                batch = spool.reader().read(next, 7, 100);
            }
            assertThat(shipped).hasSize(300).startsWith("r1", "r2").endsWith("r299", "r300");
            assertThat(next).isEqualTo(301);
        }
    }

    @Test
    void keeps_what_is_not_shipped_and_drops_the_oldest_of_what_is() {
        try (Spool spool = open()) {
            for (int i = 1; i <= 1000; i++) {
                spool.record(Records.note("r" + i));
                if (i % 200 == 0) {
                    spool.flush();
                }
            }
            assertThat(spool.reader().read(1, 1, 100).firstSequence()).isEqualTo(1);
            spool.acknowledge(1000);
            // The writer tidies up after it has told those who wait; the second flush waits for that.
            spool.flush();
            spool.flush();
            long oldest = spool.reader().read(1, 1, 100).firstSequence();
            assertThat(oldest).isGreaterThan(500).isLessThan(1000);
            assertThat(spool.status().unshippedBytes()).isZero();
        }
        try (Spool spool = open()) {
            assertThat(spool.status().shippedThrough()).isEqualTo(1000);
        }
    }

    @Test
    void never_drops_an_intent_that_has_no_outcome() {
        try (Spool spool = open()) {
            spool.recordDurably(Records.intent("lost"));
            for (int i = 1; i <= 1000; i++) {
                spool.recordDurably(Records.note("r" + i));
            }
            spool.acknowledge(1001);
            spool.flush();
        }
        try (Spool spool = open()) {
            assertThat(spool.openIntents()).extracting(IntentRecord::pushId).containsExactly("lost");
            spool.recordDurably(Records.outcome("lost"));
            assertThat(spool.openIntents()).isEmpty();
        }
        try (Spool spool = open()) {
            assertThat(spool.openIntents()).isEmpty();
        }
    }

    @Test
    void a_full_journal_refuses_intents_but_takes_the_outcomes_of_those_it_has() throws IOException {
        SpoolLimits tiny =
                new SpoolLimits(1024, 2048, 8192, 1024, 1 << 20, 2048, Duration.ofMinutes(10), Duration.ofMillis(1));
        try (Spool spool = open(new LossyStorage(), tiny)) {
            spool.recordDurably(Records.intent("p1"));
            while (spool.accepting()) {
                spool.record(Records.note("filling"));
                spool.flush();
            }
            assertThatThrownBy(() -> spool.recordDurably(Records.intent("p2")))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            refused -> assertThat(refused.failure().cause()).isEqualTo(AuditCause.JOURNAL_FULL));
            long number = spool.recordDurably(Records.outcome("p1"));
            assertThat(spool.status().failure()).isPresent();
            spool.acknowledge(number);
            spool.flush();
            spool.flush();
            assertThat(spool.accepting()).isTrue();
        }
    }

    @Test
    void a_full_disk_refuses_and_recovers_by_itself_without_a_gap_or_a_dropped_outcome() throws IOException {
        LossyStorage disk = new LossyStorage();
        try (Spool spool = open(disk, Records.SMALL)) {
            spool.recordDurably(Records.intent("p1"));
            disk.full(true);
            assertUnavailable(spool, () -> spool.recordDurably(Records.outcome("p1")));
            assertThat(spool.accepting()).isFalse();
            assertUnavailable(spool, () -> spool.recordDurably(Records.intent("p2")));
            spool.record(Records.note("meanwhile"));
            disk.full(false);
            awaitAccepting(spool);
            spool.recordDurably(Records.note("after"));
            assertThat(spool.openIntents()).isEmpty();
            assertThat(names(spool.reader().tail(10)))
                    .containsExactly("intent p1", "journal.resumed", "outcome p1", "meanwhile", "after");
        }
    }

    @Test
    void a_failing_sync_is_not_believed() throws IOException {
        LossyStorage disk = new LossyStorage();
        try (Spool spool = open(disk, Records.SMALL)) {
            spool.recordDurably(Records.note("before"));
            disk.syncFails(true);
            assertUnavailable(spool, () -> spool.recordDurably(Records.intent("p1")));
            disk.syncFails(false);
            awaitAccepting(spool);
            assertThat(names(spool.reader().tail(10))).containsExactly("before", "journal.resumed");
        }
    }

    @Test
    void what_finds_no_room_is_counted_and_the_count_is_recorded() throws IOException {
        LossyStorage disk = new LossyStorage();
        try (Spool spool = open(disk, Records.SMALL)) {
            disk.full(true);
            assertUnavailable(spool, () -> spool.recordDurably(Records.intent("p")));
            for (int i = 0; i < 1024 + 5; i++) {
                spool.record(Records.note("n"));
            }
            // The refused intent's place in the queue is given back with the others.
            assertThat(spool.status().lostRecords()).isEqualTo(6);
            disk.full(false);
            awaitAccepting(spool);
            // The writer may have begun to resume before the last of them was lost; then it says the rest in a second
            // record.
            assertThat(spool.reader().tail(2000).stream()
                            .map(entry -> new String(Records.ENCODING.encode(entry.record()), StandardCharsets.UTF_8))
                            .filter(line -> line.startsWith("P - journal."))
                            .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                            .sum())
                    .isEqualTo(6);
        }
    }

    @Test
    void a_record_beyond_the_limit_is_refused() throws IOException {
        try (Spool spool = open(new LossyStorage(), Records.SMALL)) {
            assertUnavailable(spool, () -> spool.recordDurably(Records.note("x".repeat(3000))));
        }
    }

    @Test
    void the_standard_encoding_brings_intents_back() {
        RecordEncoding standard = RecordEncoding.STANDARD;
        try (Spool spool = Spool.open(folder, standard, Records.SMALL, Records.CLOCK, new SplittableRandom(1))) {
            spool.recordDurably(Records.intent("p1"));
            spool.recordDurably(Records.note("a", TRACE));
        }
        try (Spool spool = Spool.open(folder, standard, Records.SMALL, Records.CLOCK, new SplittableRandom(1))) {
            assertThat(spool.openIntents()).containsExactly(Records.intent("p1"));
            assertThat(spool.reader().find(TRACE)).containsExactly(new SpoolEntry(2, Records.note("a", TRACE)));
            assertThat(standard.decode(new byte[] {9, 9})).isEmpty();
        }
    }

    @Test
    void after_it_is_closed_nothing_is_taken() throws IOException {
        Spool spool = open(new LossyStorage(), Records.SMALL);
        spool.close();
        assertThat(spool.accepting()).isFalse();
        assertUnavailable(spool, () -> spool.recordDurably(Records.note("late")));
    }

    @Test
    void many_writers_get_each_a_number_of_their_own() throws IOException {
        Set<Long> numbers = new ConcurrentSkipListSet<>();
        try (Spool spool = open(new LossyStorage(), Records.SMALL)) {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 64; i++) {
                    int writer = i;
                    threads.execute(() -> {
                        for (int j = 0; j < 20; j++) {
                            spool.record(Records.note("n"));
                            numbers.add(spool.recordDurably(Records.note("w" + writer + "." + j)));
                        }
                    });
                }
            }
            spool.flush();
            assertThat(numbers).hasSize(64 * 20);
            assertThat(spool.status().syncedThrough()).isEqualTo(64 * 40);
        }
    }

    private static void assertUnavailable(Spool spool, Runnable act) {
        FailureException refused = catchThrowableOfType(FailureException.class, act::run);
        assertThat(refused.failure().cause()).isEqualTo(AuditCause.JOURNAL_UNAVAILABLE);
        assertThat(refused.failure().remedy()).startsWith("for the operator: free space under ");
        assertThat(spool.journal()).isNotEmpty();
    }

    private static void awaitAccepting(Spool spool) {
        while (!spool.accepting()) {
            Thread.onSpinWait();
        }
    }
}
