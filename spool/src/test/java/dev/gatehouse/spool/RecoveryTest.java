package dev.gatehouse.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.cause.AuditCause;
import dev.gatehouse.core.cause.FailureException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryTest {
    private static final String FIRST = SegmentHeader.fileName(1);

    private static Spool open(SpoolStorage storage) throws IOException {
        return Spool.open(storage, Records.ENCODING, Records.SMALL, Records.CLOCK, new SplittableRandom(1));
    }

    private static LossyStorage holding(String name, byte[] content) {
        LossyStorage storage = new LossyStorage();
        storage.overwrite(name, content);
        return storage;
    }

    /** A journal of three records, each synced alone, as its bytes. */
    private static byte[] threeRecords() throws IOException {
        LossyStorage storage = new LossyStorage();
        try (Spool spool = open(storage)) {
            spool.recordDurably(Records.note("one"));
            spool.recordDurably(Records.note("two"));
            spool.recordDurably(Records.note("three"));
        }
        return storage.content(FIRST);
    }

    private static int lengthOf(String name) {
        return Frame.HEADER_BYTES + Records.ENCODING.encode(Records.note(name)).length;
    }

    @Test
    void a_tail_torn_at_any_byte_loses_the_torn_record_alone() throws IOException {
        byte[] whole = threeRecords();
        int thirdAt = whole.length - lengthOf("three");
        for (int end = thirdAt; end < whole.length; end++) {
            LossyStorage storage = holding(FIRST, Arrays.copyOf(whole, end));
            try (Spool spool = open(storage)) {
                assertThat(spool.status().syncedThrough()).as("cut at %d", end).isEqualTo(2);
                assertThat(spool.recordDurably(Records.note("next"))).isEqualTo(3);
                assertThat(spool.reader().tail(5)).hasSize(3);
            }
        }
    }

    @Test
    void a_tail_overwritten_with_zeros_or_noise_at_any_byte_is_cut_off() throws IOException {
        byte[] whole = threeRecords();
        SplittableRandom random = new SplittableRandom(2);
        int thirdAt = whole.length - lengthOf("three");
        for (int from = thirdAt; from < whole.length; from++) {
            byte[] noise = new byte[whole.length - from];
            if (from % 2 == 0) {
                random.nextBytes(noise);
            }
            byte[] torn = whole.clone();
            System.arraycopy(noise, 0, torn, from, noise.length);
            if (Arrays.equals(torn, whole)) {
                continue;
            }
            try (Spool spool = open(holding(FIRST, torn))) {
                assertThat(spool.status().syncedThrough())
                        .as("noise from %d", from)
                        .isEqualTo(2);
            }
        }
    }

    @Test
    void a_broken_byte_in_what_was_synced_is_damage_named_with_its_place_and_nothing_is_touched() throws IOException {
        byte[] whole = threeRecords();
        int secondAt = SegmentHeader.BYTES + lengthOf("one");
        for (int at = secondAt; at < secondAt + lengthOf("two"); at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            LossyStorage storage = holding(FIRST, damaged);
            FailureException refused = catchThrowableOfType(FailureException.class, () -> open(storage));
            assertThat(refused.failure().cause()).isEqualTo(AuditCause.JOURNAL_DAMAGED);
            assertThat(refused.failure().message())
                    .isEqualTo("the audit journal memory/" + FIRST + " is damaged at byte " + secondAt
                            + ": a frame does not match its checksum");
            assertThat(storage.content(FIRST)).isEqualTo(damaged);
        }
    }

    @Test
    void damage_in_a_shipped_segment_is_kept_aside_and_the_journal_goes_on() throws IOException {
        LossyStorage storage = new LossyStorage();
        long count = 0;
        try (Spool spool = open(storage)) {
            spool.recordDurably(Records.intent("open"));
            for (int i = 0; i < 200; i++) {
                count = spool.recordDurably(Records.note("r" + i));
            }
            spool.acknowledge(count);
        }
        List<Long> segments = SegmentFiles.firstSequences(storage);
        assertThat(segments).hasSizeGreaterThan(2);
        String second = SegmentHeader.fileName(segments.get(1));
        byte[] damaged = storage.content(second);
        damaged[200] ^= 1;
        storage.overwrite(second, damaged);
        try (Spool spool = open(storage)) {
            assertThat(storage.names()).contains(second + ".damaged").doesNotContain(second);
            assertThat(spool.recordDurably(Records.note("next"))).isEqualTo(count + 1);
        }
        try (Spool spool = open(storage)) {
            assertThat(spool.openIntents()).extracting(IntentRecord::pushId).containsExactly("open");
        }
    }

    @Test
    void a_segment_whose_making_was_cut_off_is_removed() throws IOException {
        byte[] whole = threeRecords();
        String next = SegmentHeader.fileName(4);
        for (int length = 0; length < SegmentHeader.BYTES; length++) {
            LossyStorage storage = holding(FIRST, whole);
            storage.overwrite(next, Arrays.copyOf(whole, length));
            try (Spool spool = open(storage)) {
                assertThat(spool.recordDurably(Records.note("four"))).isEqualTo(4);
            }
            assertThat(storage.content(next)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_crash_that_drops_unsynced_writes_keeps_everything_that_was_promised(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 50; round++) {
            LossyStorage disk = new LossyStorage();
            List<Long> promised = new ArrayList<>();
            Spool spool = open(disk);
            int acts = random.nextInt(1, 200);
            for (int i = 0; i < acts; i++) {
                if (random.nextInt(4) == 0) {
                    promised.add(spool.recordDurably(Records.note("durable" + i)));
                } else {
                    spool.record(Records.note("soon" + i));
                }
            }
            disk.syncFails(random.nextBoolean());
            spool.record(Records.note("x".repeat(random.nextInt(1500))));
            LossyStorage after = disk.afterCrash(random.split());
            disk.syncFails(false);
            spool.close();
            try (Spool recovered = open(after)) {
                long last = recovered.status().syncedThrough();
                assertThat(promised).allMatch(number -> number <= last);
                assertThat(recovered.reader().tail(1000)).hasSize((int) last);
                assertThat(recovered.recordDurably(Records.note("next"))).isEqualTo(last + 1);
            }
        }
    }

    @Test
    void any_bytes_at_all_open_or_are_refused_as_damaged() throws IOException {
        byte[] whole = threeRecords();
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = whole.clone();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            openAnything(Arrays.copyOf(bytes, random.nextInt(bytes.length + 100)));
        }
    }

    static void openAnything(byte[] bytes) throws IOException {
        LossyStorage storage = holding(FIRST, bytes);
        try (Spool spool = open(storage)) {
            assertThat(spool.reader().tail(100)).hasSize((int) spool.status().syncedThrough());
        } catch (FailureException refused) {
            assertThat(refused.failure().cause()).isEqualTo(AuditCause.JOURNAL_DAMAGED);
        }
    }
}
