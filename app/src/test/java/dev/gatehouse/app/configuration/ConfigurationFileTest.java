package dev.gatehouse.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.identity.TrustDomain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationFileTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        listn: 127.0.0.1:1               | 1:1: unknown key 'listn'; did you mean 'listen'?
        limits: {push-ref: 1}            | 1:10: unknown key 'push-ref'; did you mean 'push-refs'?
        colour: red                      | 1:1: unknown key 'colour'
        listen: 8443                     | 1:9: 'listen' must be HOST:PORT; not '8443'
        listen: localhost:99999          | 1:9: 'listen' must be HOST:PORT; not 'localhost:99999'
        trust-domain: Gatehouse.Local    | 1:15: 'trust-domain' must be a trust domain: lower-case letters, digits, dots, dashes and underscores; not 'Gatehouse.Local'
        tokens: {lifetime: 1 hour}       | 1:20: 'lifetime' must be a duration such as 500ms, 30s, 15m, 24h or 90d; not '1 hour'
        tokens: {lifetime: 0s}           | 1:20: 'lifetime' must be a duration such as 500ms, 30s, 15m, 24h or 90d; not '0s'
        tokens: {lifetime: 91d}          | 1:20: 'lifetime' exceeds lifetime-max
        limits: {push-bytes: 10GB}       | 1:22: 'push-bytes' must be a size such as 64KiB or 10GiB; not '10GB'
        limits: {push-refs: 0}           | 1:21: 'push-refs' must be a whole number from 1; not '0'
        limits: {push-refs: many}        | 1:21: 'push-refs' must be a whole number from 1; not 'many'
        limits: 5                        | 1:9: 'limits' must be a map, not a value
        identity: {leaf-lifetime: 1s}    | 1:27: 'leaf-lifetime' must be from 2s to 30d
        tls: {engine: openssl}           | 1:15: 'engine' must be auto, boringssl or jdk; not 'openssl'
        database: {url: mysql}           | 1:17: 'url' must be sqlite or postgresql://...
        database: {url: 'postgresql://h/g?password=x'} | 1:17: 'url' must not hold a password; use password-file
        web-certificate: {key-file: k}   | 1:18: 'web-certificate' needs both certificate-file and key-file
        hosts: [Example.com]             | 1:8: 'hosts' must be names or addresses in lower case; not 'Example.com'
        services: [{name: a}]            | 1:12: 'path-prefix' is missing (and 2 more problems)
        services: {name: a}              | 1:11: 'services' must be a list, not a map
        services: [{name: forge, path-prefix: /a, application: 'unix:/s', listen: 'h:1'}] | 1:12: 'forge' cannot be a service's name
        services: [{name: a, path-prefix: a, application: 'unix:/s', listen: 'h:1'}] | 1:12: 'path-prefix' must start with / and not with /-/; not 'a'
        services: [{name: a, path-prefix: /a, application: 'ftp://h:1', listen: 'h:1'}] | 1:52: 'application' must be http://HOST:PORT or unix:PATH; not 'ftp://h:1'
        services: [{name: a, path-prefix: /a, application: 'unix:/s', listen: 'h:0'}] | 1:12: 'listen' of 'a' needs a port
        'listen: ['                      | 1:10: not YAML: expected the node content, but found '<stream end>'
        """, quoteCharacter = '`')
    void badInputIsRefusedWithItsPlace(String text, String message) {
        String unquoted = text.startsWith("'listen: [") ? "listen: [" : text;

        assertThatThrownBy(() -> ConfigurationFile.parse("gatehouse.yaml", unquoted))
                .isInstanceOf(FailureException.class)
                .hasMessage("GATE-6004 gatehouse.yaml:" + message);
    }

    @Test
    void whatIsWrittenGoesBeforeTheDefaults() {
        Configuration configuration = ConfigurationFile.parse("gatehouse.yaml", """
                trust-domain: example.org
                listen: "[::1]:443"
                hosts: [git.example.org]
                identity:
                  leaf-lifetime: 6s
                services:
                  - name: wiki
                    path-prefix: /wiki/
                    application: http://127.0.0.1:3000
                    listen: 127.0.0.1:7000
                limits:
                  push-bytes: 5GiB
                """);

        assertThat(configuration.trustDomain()).isEqualTo(new TrustDomain("example.org"));
        assertThat(configuration.listen()).isEqualTo(new Endpoint("::1", 443)).hasToString("[::1]:443");
        assertThat(configuration.hosts()).containsExactly("git.example.org");
        assertThat(configuration.identity().leafLifetime()).isEqualTo(Duration.ofSeconds(6));
        assertThat(configuration.services())
                .isEqualTo(List.of(new Configuration.Service(
                        "wiki",
                        "/wiki/",
                        new Application.Tcp(new Endpoint("127.0.0.1", 3000)),
                        new Endpoint("127.0.0.1", 7000))));
        assertThat(configuration.limits().pushBytes()).hasToString("5GiB");
        assertThat(configuration.limits().pushRefs()).isEqualTo(20_000);
        assertThat(configuration.control().listen()).isEqualTo(Optional.empty());
    }

    @Test
    void aMissingFileIsNamed(@TempDir Path folder) {
        Path file = folder.resolve("none.yaml");

        assertThatThrownBy(() -> ConfigurationFile.load(file))
                .hasMessage("GATE-6003 " + file + " cannot be used: there is no such file");
    }
}
