package dev.gatehouse.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpiffeIdTest {
    @ParameterizedTest
    @CsvSource({
        "spiffe://example.org/a/b,spiffe://example.org/a/b",
        "SPIFFE://Example.ORG/A,spiffe://example.org/A",
        "spiffe://example.org,spiffe://example.org",
        "spiffe://example.org/...,spiffe://example.org/..."
    })
    void anIdIsReadAndWrittenInNormalForm(String text, String normal) {
        assertThat(SpiffeId.parse(text).map(SpiffeId::toString)).contains(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "spiffe:/x",
                "https://example.org/a",
                "spiffe://",
                "spiffe:///a",
                "spiffe://example.org/",
                "spiffe://example.org//a",
                "spiffe://example.org/a/",
                "spiffe://example.org/a/../b",
                "spiffe://example.org/.",
                "spiffe://user@example.org/a",
                "spiffe://example.org:80/a",
                "spiffe://example.org/a?b",
                "spiffe://example.org/a#b",
                "spiffe://example.org/%61",
                "spiffe://ex\u00e4mple.org/a",
                "spiffe://example.org/a\n"
            })
    void whatTheStandardForbidsIsNoId(String text) {
        assertThat(SpiffeId.parse(text)).isEmpty();
    }

    @Test
    void anIdIsAtMost2048BytesLong() {
        assertThat(SpiffeId.parse("spiffe://example.org/" + "a".repeat(2048 - 21)))
                .isPresent();
        assertThat(SpiffeId.parse("spiffe://example.org/" + "a".repeat(2048 - 20)))
                .isEmpty();
    }

    @Test
    void aWorkloadIsCalledByTheLastPartOfItsPath() {
        Principal workload = new Principal.Workload(new TrustDomain("example.org").id("/workload/ci-runner"));
        assertThat(workload.displayName()).isEqualTo("ci-runner");
        assertThat(workload.key()).isEqualTo("spiffe://example.org/workload/ci-runner");
    }
}
