package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator meets before anything serves. */
class StartTest {
    @TempDir
    Path directory;

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Run run = up("--listen", "127.0.0.1:" + taken.getLocalPort());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.output())
                    .contains("GATE-6001")
                    .contains("127.0.0.1:" + taken.getLocalPort() + " is taken")
                    .contains("--listen");
        }
    }

    @Test
    void aDataFolderInUseIsNamedWithTheProcessThatHoldsIt() {
        try (Installation first = Installation.demo(directory)) {
            Run run = up("--listen", "127.0.0.1:" + Installation.freePort());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.output())
                    .contains("GATE-6002")
                    .contains(first.data().toString())
                    .containsPattern("process \\d+");
        }
    }

    @Test
    void anUnknownKeyIsNamedWithFileLineColumnAndTheNearestKnownKey() {
        Path file = directory.resolve("data/gatehouse.yaml");
        Installation.write(file, "trust-domain: example.test\nlimts:\n  push-refs: 5\n");

        Run run = up("--listen", "127.0.0.1:" + Installation.freePort());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .contains("GATE-6004")
                .contains("gatehouse.yaml:2:1")
                .contains("did you mean 'limits'");
    }

    @Test
    void aPolicyThatCannotBeReadIsNamedWithItsLine() {
        Installation.write(
                directory.resolve("data/policy.yaml"),
                "version: 1\nrules:\n  - id: x\n    who: anyone\n    repos: demo/*\n    allow: [reed]\n");

        Run run = up("--listen", "127.0.0.1:" + Installation.freePort());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("GATE-2010").contains("policy.yaml:6");
    }

    @Test
    void aPolicyThatLocksEveryoneOutIsRefusedAndTheOldOneStaysInForce() {
        try (Installation gatehouse = Installation.demo(directory)) {
            Path file = directory.resolve("locked.yaml");
            Installation.write(
                    file, "version: 1\nrules:\n  - id: nothing\n    forbid: [read, push]\n    repos: \"**\"\n");

            Run set = gatehouse.gatehouse("policy", "set", file.toString());

            assertThat(set.exitCode()).isEqualTo(1);
            assertThat(set.output()).contains("GATE-2011", "locked.yaml:", "remedy: keep at least one rule");
            gatehouse.git("bob").clone("demo/hello");
        }
    }

    @Test
    void halfWrittenStateIsNamed() throws IOException {
        try (Installation gatehouse = Installation.demo(directory)) {
            assertThat(gatehouse.url()).isNotEmpty();
        }
        Path key = directory.resolve("data/keys/mesh-root.pem");
        Files.writeString(key, "-----BEGIN PRIV");

        Run run = up("--listen", "127.0.0.1:" + Installation.freePort());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .contains("GATE-6003")
                .contains(key.getFileName().toString());
    }

    @Test
    void secretsAreForTheirOwnerOnly() throws IOException {
        try (Installation gatehouse = Installation.demo(directory)) {
            try (var files = Files.walk(gatehouse.data())) {
                assertThat(files.filter(file -> file.toString().contains("/keys/") && Files.isRegularFile(file)))
                        .isNotEmpty()
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void badUsageExitsWithTwoAndHelpWithZero() {
        assertThat(command("up", "--no-such-option").exitCode()).isEqualTo(2);
        assertThat(command("no-such-command").exitCode()).isEqualTo(2);
        assertThat(command("--help").succeeded().output())
                .contains("up")
                .contains("explain")
                .contains("audit");
        assertThat(command("token", "issue", "--help").succeeded().output())
                .contains("--user")
                .contains("--ttl");
    }

    @Test
    void aCommandWithoutARunningInstanceSaysSo() {
        Run run = command("status", "--data", directory.resolve("nothing").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("GATE-6005").contains("gatehouse up");
    }

    @Test
    void withoutDemoTheFirstStartPrintsALinkForTheFirstAdministrator() {
        Path log = directory.resolve("first.log");
        int port = Installation.freePort();
        Process process = Installation.start(
                log, List.of("up", "--data", directory.resolve("data").toString(), "--listen", "127.0.0.1:" + port));
        try {
            Installation.awaitLine(process, log, "ready https://127.0.0.1:" + port);
            Installation.awaitLine(process, log, "https://127.0.0.1:" + port + "/-/setup#");
        } finally {
            process.destroy();
            Installation.await(process);
        }
    }

    private Run up(String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("up", "--demo", "--data", directory.resolve("data").toString()));
        all.addAll(List.of(arguments));
        return command(all.toArray(String[]::new));
    }

    private Run command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Installation.launcher()));
        command.addAll(List.of(arguments));
        return Run.of(directory, Map.of(), command);
    }
}
