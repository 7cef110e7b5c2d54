package dev.gatehouse.forge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
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
    void without_a_caller_existing_and_missing_repositories_look_the_same() throws Exception {
        UnixClient.Reply there = as("").get("/demo/hello");
        UnixClient.Reply missing = as("").get("/demo/absent");
        assertThat(there.status()).isEqualTo(200);
        assertThat(there.text()).contains("gatehouse token issue --user NAME", "/?sign-in=demo/hello");
        assertThat(missing.status()).isEqualTo(200);
        assertThat(missing.text().replace("absent", "hello")).isEqualTo(there.text());
    }

    @Test
    void who_may_not_read_sees_the_same_refusal_for_both() throws Exception {
        UnixClient.Reply there = as("mallory").get("/demo/hello");
        UnixClient.Reply missing = as("mallory").get("/demo/absent");
        assertThat(there.status()).isEqualTo(403);
        assertThat(there.text()).contains("GATE-2002");
        assertThat(missing.text().replace("absent", "hello")).isEqualTo(there.text());
    }

    @Test
    void who_may_read_sees_the_clone_command_and_the_trace() throws Exception {
        UnixClient.Reply page = as("bob").get("/demo/hello");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains("git clone https://git.example.org/demo/hello.git")
                .contains("Nothing has been pushed yet")
                .contains(ForgeFixture.TRACE)
                .contains("<span class=\"who\">bob</span>");
        assertThat(as("bob").get("/demo/absent").status()).isEqualTo(404);
    }

    @Test
    void a_browser_is_asked_to_sign_in_at_the_root_and_led_back_to_where_it_came_from() throws Exception {
        UnixClient.Reply asked = as("").get("/?sign-in=demo/hello");
        assertThat(asked.status()).isEqualTo(401);
        assertThat(asked.header("www-authenticate")).startsWith("Basic realm=");
        UnixClient.Reply signedIn = as("bob").get("/?sign-in=demo/hello");
        assertThat(signedIn.status()).isEqualTo(303);
        assertThat(signedIn.header("location")).isEqualTo("/demo/hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example/x", "https://evil.example", "/demo/hello", "demo%0d%0aX:%20y/hello", ""})
    void nobody_is_led_to_what_is_not_a_repository(String target) throws Exception {
        UnixClient.Reply signedIn = as("bob").get("/?sign-in=" + target);
        assertThat(signedIn.header("location")).isIn("/", "");
        assertThat(signedIn.header("x")).isEmpty();
    }

    @Test
    void the_start_page_lists_what_somebody_may_read_and_nothing_else() throws Exception {
        assertThat(as("bob").get("/").text()).contains("href=\"/demo/hello\"");
        assertThat(as("mallory").get("/").text()).doesNotContain("hello");
        assertThat(as("").get("/").text()).doesNotContain("hello");
    }

    @Test
    void what_people_write_is_never_markup() throws Exception {
        as("alice")
                .post(
                        "/api/v1/user/repos",
                        "application/json",
                        "{\"name\":\"x\",\"description\":\"<script>alert('&')</script>\"}");
        assertThat(as("alice").get("/alice/x").text())
                .contains("&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;")
                .doesNotContain("<script");
    }

    @Test
    void a_page_allows_no_script_and_no_frame() throws Exception {
        UnixClient.Reply page = as("").get("/");
        assertThat(page.header("content-security-policy"))
                .startsWith("default-src 'none'; style-src 'self';")
                .contains("frame-ancestors 'none'");
        assertThat(page.text()).doesNotContain("<script").doesNotContain("style=");
        assertThat(as("").get("/-/static/gatehouse.css").header("content-type")).isEqualTo("text/css; charset=utf-8");
    }

    @Test
    void a_head_request_has_the_headers_alone() throws Exception {
        UnixClient.Reply page = as("bob").send("HEAD", "/demo/hello", "");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).isEmpty();
        assertThat(as("bob").send("PUT", "/demo/hello", "x").status()).isEqualTo(405);
    }
}
