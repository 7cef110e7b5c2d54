package dev.gatehouse.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.audit.OperatorRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiTest {
    private static final String JSON = "application/json";

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
    void a_repository_is_made_shown_listed_and_removed() throws Exception {
        UnixClient.Reply made = as("alice").post("/api/v1/user/repos", JSON, "{\"name\":\"tool\",\"private\":true}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text())
                .contains("\"full_name\":\"alice/tool\"")
                .contains("\"clone_url\":\"https://git.example.org/alice/tool.git\"")
                .contains("\"permissions\":{\"admin\":true,\"push\":true,\"pull\":true}");
        assertThat(as("alice").get("/api/v1/repos/alice/tool").text()).isEqualTo(made.text());
        assertThat(as("alice").get("/api/v1/user/repos").text())
                .contains("alice/tool")
                .doesNotContain("demo/hello");
        assertThat(as("alice").send("DELETE", "/api/v1/repos/alice/tool", "").status())
                .isEqualTo(204);
        assertThat(as("alice").get("/api/v1/repos/alice/tool").status()).isEqualTo(404);
        assertThat(fixture.journal.records(OperatorRecord.class))
                .extracting(OperatorRecord::act)
                .containsExactly("repository.create", "repository.create", "repository.delete");
    }

    @Test
    void an_id_is_never_given_again() throws Exception {
        as("alice").post("/api/v1/org/demo/repos", JSON, "{\"name\":\"a\"}");
        as("alice").send("DELETE", "/api/v1/repos/demo/a", "");
        assertThat(as("alice")
                        .post("/api/v1/admin/users/alice/repos", JSON, "{\"name\":\"b\"}")
                        .text())
                .contains("\"id\":3,");
    }

    @Test
    void a_search_finds_only_what_the_caller_may_read() throws Exception {
        as("alice").post("/api/v1/user/repos", JSON, "{\"name\":\"hello-too\"}");
        assertThat(as("alice").get("/api/v1/repos/search?q=hello").text()).contains("demo/hello", "alice/hello-too");
        assertThat(as("bob").get("/api/v1/repos/search?q=hello").text())
                .contains("demo/hello")
                .doesNotContain("alice/hello-too");
        assertThat(as("mallory").get("/api/v1/repos/search?q=hello").text()).isEqualTo("{\"ok\":true,\"data\":[]}\n");
    }

    @Test
    void the_caller_is_told_who_it_is() throws Exception {
        assertThat(as("alice").get("/api/v1/user").text())
                .contains("\"login\":\"alice\"")
                .contains("\"principal\":\"local|alice\"");
    }

    @Test
    void who_may_not_read_gets_the_same_answer_for_existing_and_missing() throws Exception {
        UnixClient.Reply there = as("mallory").get("/api/v1/repos/demo/hello");
        UnixClient.Reply missing = as("mallory").get("/api/v1/repos/demo/absent");
        assertThat(there.status()).isEqualTo(403);
        assertThat(missing.text().replace("absent", "hello")).isEqualTo(there.text());
        assertThat(as("mallory").send("DELETE", "/api/v1/repos/demo/hello", "").status())
                .isEqualTo(403);
        assertThat(as("bob").get("/api/v1/repos/demo/absent").status()).isEqualTo(404);
    }

    @Test
    void nobody_is_told_to_sign_in() throws Exception {
        UnixClient.Reply reply = as("").get("/api/v1/user");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.text()).contains("\"code\":\"GATE-1001\"").contains("\"trace\":\"" + ForgeFixture.TRACE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            application/json                | ``                                | 422 | it is not
            application/json                | {                                 | 422 | it is not JSON
            application/json                | []                                | 422 | it is not a JSON object
            application/json                | {}                                | 422 | the field name is missing
            application/json                | {"name":1}                        | 422 | the field name is not text
            application/json                | {"name":"a","name":"b"}           | 422 | it is not JSON
            application/json                | {"name":"a"} x                    | 422 | it is not JSON
            application/json                | {"name":"a","owner":"b"}          | 422 | the field owner is not known
            application/json                | {"name":"a","auto_init":true}     | 422 | push the first commit
            application/json                | {"name":"a","private":false}      | 422 | who may read is for the rules
            application/json                | {"name":"a","private":"yes"}      | 422 | not true or false
            application/json                | {"name":"../a"}                   | 422 | is not a repository name
            application/json                | {"name":"A"}                      | 422 | is not a repository name
            application/json                | {"name":"a.git"}                  | 422 | is not a repository name
            application/x-www-form-urlencoded | name=a                          | 415 | takes application/json
            text/plain                      | {"name":"a"}                      | 415 | takes application/json
            """)
    void a_body_that_cannot_be_used_is_refused_with_what_is_wrong(String type, String body, int status, String detail)
            throws Exception {
        UnixClient.Reply reply = as("alice").post("/api/v1/user/repos", type, body);
        assertThat(reply.text()).contains(detail);
        assertThat(reply.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /api/v1/             | 404
            GET    | /api/v1              | 404
            GET    | /api/v1/nothing      | 404
            PUT    | /api/v1/user/repos   | 405
            POST   | /api/v1/user         | 405
            GET    | /api/v1/org/demo/repos | 405
            GET    | /api/v1/repos/Demo/x | 422
            GET    | /api/v1/repos/search?limit=many | 422
            """)
    void what_is_not_there_is_refused(String method, String target, int status) throws Exception {
        assertThat(as("alice").send(method, target, "").status()).isEqualTo(status);
    }

    @Test
    void two_of_one_name_cannot_be() throws Exception {
        assertThat(as("alice")
                        .post("/api/v1/org/demo/repos", JSON, "{\"name\":\"hello\"}")
                        .text())
                .contains("GATE-4002");
    }

    @Test
    void the_products_own_paths_are_no_namespace() throws Exception {
        assertThat(as("alice")
                        .post("/api/v1/org/api/repos", JSON, "{\"name\":\"v1\"}")
                        .status())
                .isEqualTo(403);
    }
}
