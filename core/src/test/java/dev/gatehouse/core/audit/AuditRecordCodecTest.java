package dev.gatehouse.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditRecordCodecTest {
    @Test
    void everyRecordComesBackAsItWas() {
        Samples samples = new Samples(20260103);
        for (int round = 0; round < 2000; round++) {
            AuditRecord record = samples.record();
            assertThat(AuditRecordCodec.decode(AuditRecordCodec.encode(record)))
                    .isEqualTo(new DecodedRecord.Decoded(record));
        }
    }

    @Test
    void whatALaterVersionAppendsIsSkipped() {
        AuditRecord record = new Samples(1).record();
        byte[] bytes = AuditRecordCodec.encode(record);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 3);
        assertThat(AuditRecordCodec.decode(longer)).isEqualTo(new DecodedRecord.Decoded(record));
    }

    @Test
    void aRecordThatIsCutOffAnywhereIsUndecodable() {
        Samples samples = new Samples(2);
        for (int round = 0; round < 20; round++) {
            byte[] bytes = AuditRecordCodec.encode(samples.record());
            for (int length = 0; length < bytes.length; length++) {
                assertThat(AuditRecordCodec.decode(Arrays.copyOf(bytes, length)))
                        .isInstanceOf(DecodedRecord.Undecodable.class);
            }
        }
    }

    @Test
    void damagedBytesNeverThrow() {
        Random random = new Random(20260104);
        Samples samples = new Samples(3);
        for (int round = 0; round < 5000; round++) {
            byte[] bytes = AuditRecordCodec.encode(samples.record());
            for (int i = 0; i < 3; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            assertThat(AuditRecordCodec.decode(bytes)).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"2,1,its version is 2", "1,9,its type is 9", "1,1,it ends too early"})
    void whatIsUnknownIsSaid(byte version, byte type, String detail) {
        assertThat(AuditRecordCodec.decode(new byte[] {version, type}))
                .isEqualTo(new DecodedRecord.Undecodable(detail));
    }
}
