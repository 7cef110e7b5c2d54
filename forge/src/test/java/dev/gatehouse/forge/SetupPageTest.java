package dev.gatehouse.forge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetupPageTest {
    private static final String TYPE = "application/x-www-form-urlencoded";
    private static final String FORM =
            "code=the-code&name=root&password=correct+horse+battery&again=correct+horse+battery";

    private ForgeFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = ForgeFixture.start();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private UnixClient anyone() {
        return UnixClient.as("", fixture.socket());
    }

    @Test
    void the_page_has_a_form_and_the_one_script_that_fills_it() throws Exception {
        UnixClient.Reply page = anyone().get("/-/setup");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-security-policy"))
                .contains("default-src 'none'")
                .contains("script-src 'self'")
                .contains("form-action 'self'");
        assertThat(page.text())
                .contains("<script src=\"/-/static/setup.js\" defer></script>")
                .contains("At least 12 characters");
        assertThat(anyone().get("/-/static/setup.js").header("content-type")).startsWith("text/javascript");
    }

    @Test
    void the_form_makes_the_administrator_once() throws Exception {
        UnixClient.Reply first = anyone().with("Sec-Fetch-Site", "same-origin").post("/-/setup", TYPE, FORM);
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.text()).contains("Welcome, root");
        assertThat(fixture.setup.administrators()).containsExactly("root with correct horse battery");
        UnixClient.Reply second = anyone().post("/-/setup", TYPE, FORM);
        assertThat(second.status()).isEqualTo(403);
        assertThat(second.text()).contains("GATE-6040").contains("gatehouse user add NAME --administrator");
    }

    @ParameterizedTest
    @CsvSource({
        "name=Root&password=correct+horse+battery&again=correct+horse+battery, GATE-6022",
        "name=root&password=correct+horse+battery&again=correct+horse+butter, GATE-6025",
    })
    void what_can_be_corrected_brings_the_form_back_with_the_code_but_no_password(String fields, String code)
            throws Exception {
        UnixClient.Reply reply = anyone().post("/-/setup", TYPE, "code=the-code&" + fields);
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.text()).contains(code).contains("value=\"the-code\"").doesNotContain("correct horse");
        assertThat(fixture.setup.administrators()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Sec-Fetch-Site, none",
        "Origin, https://evil.example",
        "Origin, null",
    })
    void a_form_from_another_site_is_refused(String header, String value) throws Exception {
        UnixClient.Reply reply = anyone().with(header, value).post("/-/setup", TYPE, FORM);
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.text()).contains("GATE-3020");
        assertThat(fixture.setup.administrators()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain | " + FORM + " | 415",
                TYPE + " | code=the-code | 422",
                TYPE + " | code=a&code=the-code&name=root&password=x&again=x | 422",
                TYPE + " | code=%ff&name=root&password=x&again=x | 422",
                TYPE + " | code=%00&name=root&password=x&again=x | 422",
                TYPE + " | code | 422",
            })
    void what_is_not_our_form_is_refused(String type, String body, int status) throws Exception {
        assertThat(anyone().post("/-/setup", type, body).status()).isEqualTo(status);
        assertThat(fixture.setup.administrators()).isEmpty();
    }

    @Test
    void a_form_that_is_too_long_is_refused() throws Exception {
        assertThat(anyone().post("/-/setup", TYPE, FORM + "&x=" + "y".repeat(9000))
                        .status())
                .isEqualTo(422);
        assertThat(anyone().send("PUT", "/-/setup", FORM).status()).isEqualTo(405);
    }

    @Test
    void whatever_is_typed_is_never_markup() throws Exception {
        Random random = new Random(42);
        for (int i = 0; i < 50; i++) {
            String typed = random.ints(12, 0x20, 0x7f)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .append("<\"'>")
                    .toString();
            UnixClient.Reply reply = anyone().post(
                            "/-/setup",
                            TYPE,
                            "code=c&name=" + URLEncoder.encode(typed, StandardCharsets.UTF_8) + "&password=a&again=b");
            assertThat(reply.text()).contains("GATE-6025").doesNotContain("<\"'>");
        }
    }
}
