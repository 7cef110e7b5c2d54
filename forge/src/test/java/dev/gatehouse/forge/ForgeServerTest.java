package dev.gatehouse.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.audit.RequestRecord;
import dev.gatehouse.core.audit.Role;
import dev.gatehouse.core.snapshot.Revocations;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForgeServerTest {
    private ForgeFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = ForgeFixture.start().withRepository("demo/hello");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private UnixClient as(String name) {
        return UnixClient.as(name, fixture.socket());
    }

    @Test
    void its_socket_is_for_its_user_alone() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fixture.socket())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(fixture.folder().resolve("run"))))
                .isEqualTo("rwx------");
    }

    @Test
    void a_request_without_a_handover_is_refused() throws Exception {
        UnixClient.Reply reply = as("alice").without("Gatehouse-Handover").get("/");
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.body()).startsWith("GATE-1020 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "caller=nobody",
                "caller=nobody&caller=nobody&client=a&rule=r&file=f&line=0&policy=1&digest=d",
                "caller=person&client=a&rule=r&file=f&line=0&policy=1&digest=d"
            })
    void a_handover_that_is_not_whole_is_refused(String handover) throws Exception {
        UnixClient.Reply reply =
                as("alice").with("Gatehouse-Handover", handover).get("/");
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.body()).startsWith("GATE-1021 ");
    }

    @Test
    void two_handovers_are_refused() throws Exception {
        UnixClient.Reply reply = as("alice")
                .with("gatehouse-handover", ForgeFixture.handover("bob"))
                .get("/");
        assertThat(reply.body()).startsWith("GATE-1020 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"
            })
    void a_request_without_a_trace_is_refused(String traceparent) throws Exception {
        assertThat(as("alice").with("traceparent", traceparent).get("/").body()).startsWith("GATE-3007 ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /demo//hello                                     | 400 | GATE-3001
            /demo/%68ello                                    | 400 | GATE-3001
            /demo/../demo/hello.git/info/refs                | 400 | GATE-3001
            /Demo/hello.git/info/refs?service=git-upload-pack | 400 | GATE-3001
            /demo/hello/info/refs?service=git-upload-pack    | 400 | GATE-3001
            /demo/hello.git/info/refs                        | 403 | GATE-3508
            /demo/hello.git/HEAD                             | 403 | GATE-3508
            /demo/hello.git/info/refs?service=git-upload-pack&service=git-receive-pack | 400 | GATE-3507
            /demo/hello.git/git-upload-pack                  | 405 | GATE-3003
            """)
    void a_path_that_two_servers_could_read_differently_is_refused(String target, int status, String code)
            throws Exception {
        UnixClient.Reply reply = as("alice").get(target);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).startsWith(code);
        assertThat(reply.header("content-type")).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void every_answer_carries_the_trace_and_is_recorded_as_a_child_of_the_hop_before() throws Exception {
        UnixClient.Reply reply = as("alice").get("/demo/hello.git/info/refs?service=git-upload-pack");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("gatehouse-trace")).isEqualTo(ForgeFixture.TRACE);
        assertThat(reply.header("content-type")).isEqualTo("application/x-git-upload-pack-advertisement");
        assertThat(reply.header("cache-control")).isEqualTo("no-cache, max-age=0, must-revalidate");
        // A request is recorded when its last byte is sent; a forge that has stopped has recorded all.
        fixture.forge().close();
        assertThat(fixture.journal.records(RequestRecord.class)).singleElement().satisfies(record -> {
            assertThat(record.role()).isEqualTo(Role.FORGE);
            assertThat(record.context().traceId()).hasToString(ForgeFixture.TRACE);
            assertThat(record.context().parentId().orElseThrow()).hasToString("b7ad6b7169203331");
            assertThat(record.operation()).isEqualTo("discover git-upload-pack");
            assertThat(record.status()).isEqualTo(200);
            assertThat(record.bytesOut()).isEqualTo(reply.body().length());
            assertThat(record.decisions())
                    .singleElement()
                    .satisfies(decision -> assertThat(decision.rule().id()).isEqualTo("alice-owns"));
            assertThat(record.timing().endMicros())
                    .isGreaterThanOrEqualTo(record.timing().firstByteMicros());
            assertThat(record.downstream().identity()).startsWith("user ");
        });
    }

    @Test
    void a_refusal_at_a_post_is_told_in_the_protocols_own_words_with_status_200() throws Exception {
        UnixClient.Reply fetch =
                as("mallory").post("/demo/hello.git/git-upload-pack", "application/x-git-upload-pack-request", "0000");
        assertThat(fetch.status()).isEqualTo(200);
        assertThat(fetch.body()).contains("ERR GATE-2002 mallory may not read demo/hello");
        UnixClient.Reply push =
                as("bob").post("/demo/hello.git/git-receive-pack", "application/x-git-receive-pack-request", "0000");
        assertThat(push.status()).isEqualTo(200);
        assertThat(push.body()).contains("GATE-2002 bob may not push any ref of demo/hello");
    }

    @Test
    void what_the_sidecar_should_have_inflated_is_refused() throws Exception {
        UnixClient.Reply reply = as("alice")
                .with("Content-Encoding", "gzip")
                .post("/demo/hello.git/git-upload-pack", "application/x-git-upload-pack-request", "0000");
        assertThat(reply.body()).contains("GATE-3010");
    }

    @Test
    void a_revoked_credential_counts_no_more_at_once() throws Exception {
        fixture.snapshots.revoke(new Revocations(Set.of(), Set.of("token-of-alice")));
        assertThat(as("alice")
                        .get("/demo/hello.git/info/refs?service=git-upload-pack")
                        .body())
                .startsWith("GATE-1030 the access of alice was revoked");
    }

    @Test
    void while_the_journal_refuses_git_and_changes_are_refused_and_pages_go_on() throws Exception {
        fixture.journal.accepting(false);
        assertThat(as("alice")
                        .get("/demo/hello.git/info/refs?service=git-upload-pack")
                        .status())
                .isEqualTo(503);
        assertThat(as("alice")
                        .post("/api/v1/user/repos", "application/json", "{\"name\":\"x\"}")
                        .status())
                .isEqualTo(503);
        assertThat(as("alice").get("/-/health/forge").status()).isEqualTo(503);
        assertThat(as("alice").get("/demo/hello").status()).isEqualTo(200);
        fixture.journal.accepting(true);
        assertThat(as("alice").get("/-/health/forge").body()).isEqualTo("ok\n");
    }

    @Test
    void nothing_that_is_not_http_gets_further_than_the_parser() throws Exception {
        assertThat(as("alice").raw("nonsense\r\n\r\n").status()).isEqualTo(400);
    }
}
