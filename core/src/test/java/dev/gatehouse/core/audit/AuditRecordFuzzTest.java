package dev.gatehouse.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class AuditRecordFuzzTest {
    @FuzzTest
    void hostileBytesAreARecordOrUndecodable(byte[] bytes) {
        if (AuditRecordCodec.decode(bytes) instanceof DecodedRecord.Decoded(AuditRecord record)) {
            assertThat(AuditRecordCodec.decode(AuditRecordCodec.encode(record)))
                    .isEqualTo(new DecodedRecord.Decoded(record));
            assertThat(AuditJson.line(record)).doesNotContain("\n");
        }
    }
}
