package dev.gatehouse.core.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String FOREIGN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void aForeignTraceBecomesALinkOnly() {
        TraceContext minted = TraceContext.mint(new Random(1), Optional.of(FOREIGN));
        assertThat(minted.link().map(TraceId::toString)).contains("0af7651916cd43dd8448eb211c80319c");
        assertThat(minted.traceId().toString()).isNotEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(minted.parentId()).isEmpty();
    }

    @Test
    void theNextHopKeepsTheTraceAndKnowsItsParent() {
        TraceContext edge = TraceContext.mint(new Random(1), Optional.empty());
        TraceContext next =
                TraceContext.continued(edge.traceparent(), new Random(2)).orElseThrow();
        assertThat(next.traceId()).isEqualTo(edge.traceId());
        assertThat(next.parentId()).contains(edge.spanId());
        assertThat(next.spanId()).isNotEqualTo(edge.spanId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
                "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x"
            })
    void aMalformedTraceparentIsIgnored(String text) {
        assertThat(TraceContext.continued(text, new Random(1))).isEmpty();
        assertThat(TraceContext.mint(new Random(1), Optional.of(text)).link()).isEmpty();
    }
}
