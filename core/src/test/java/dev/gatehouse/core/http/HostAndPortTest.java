package dev.gatehouse.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {
    @ParameterizedTest
    @CsvSource({
        "git.example.com,git.example.com",
        "GIT.Example.com:8443,git.example.com:8443",
        "127.0.0.1:1,127.0.0.1:1",
        "[::1]:8443,[::1]:8443",
        "[2001:DB8::1],[2001:db8::1]",
        "localhost,localhost"
    })
    void aHostIsReadInLowerCase(String value, String normal) {
        assertThat(HostAndPort.parse(value).map(HostAndPort::toString)).contains(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "a:",
                "a:0",
                "a:65536",
                "a:080",
                "a:8o",
                "a.",
                "a..b",
                "-a",
                "a b",
                "user@a",
                "a/b",
                "a,b",
                "[::1",
                "::1",
                "[::1]x",
                "[::1]:",
                "a:1:2",
                "h\u00f6st",
                "a\0",
                "a?b",
                "a#b",
                "a\\b"
            })
    void whatIsNotAHostIsRefused(String value) {
        assertThat(HostAndPort.parse(value)).isEmpty();
    }
}
