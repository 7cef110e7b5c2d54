package dev.gatehouse.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.trace.TraceId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditJsonTest {
    @Test
    void aRecordIsOneLineWithStableKeys() {
        AuditRecord record = new OperatorRecord(
                Instant.EPOCH,
                Optional.of(new TraceId(0, 1)),
                "uid 1000",
                "token.issue",
                Map.of("user", "l\u00e4\"ufer\\", "note", "a\nb"));
        assertThat(AuditJson.line(record))
                .isEqualTo("{\"type\":\"operator\",\"time\":\"1970-01-01T00:00:00Z\","
                        + "\"trace\":\"00000000000000000000000000000001\",\"actor\":\"uid 1000\",\"act\":\"token.issue\","
                        + "\"details\":{\"note\":\"a\\u000ab\",\"user\":\"l\\u00e4\\\"ufer\\\\\"}}");
    }

    @Test
    void everyLineIsPrintableAscii() {
        Samples samples = new Samples(7);
        for (int round = 0; round < 500; round++) {
            assertThat(AuditJson.line(samples.record())).matches("\\{[\\x20-\\x7e]*}");
        }
    }
}
