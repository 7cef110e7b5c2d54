package dev.gatehouse.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    @Test
    void parametersAreDecoded() {
        assertThat(Query.parse(Optional.of("a=b%20c&d=e+f&g")))
                .isEqualTo(new ParsedQuery.Parameters(Map.of("a", "b c", "d", "e f", "g", "")));
    }

    @Test
    void noQueryHasNoParameters() {
        assertThat(Query.parse(Optional.empty())).isEqualTo(new ParsedQuery.Parameters(Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a=1&a=2", "a=1&%61=2", "=1", "&", "a=1&", "a=%", "a=%2", "a=%zz", "a=%FF", "a=%00", "a=%0a"})
    void whatIsAmbiguousIsRefused(String raw) {
        assertThat(Query.parse(Optional.of(raw))).isInstanceOf(ParsedQuery.Malformed.class);
    }
}
