package dev.gatehouse.forge.page;

import dev.gatehouse.core.cause.Cause;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.cause.RequestCause;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.http.ParsedQuery;
import dev.gatehouse.core.http.Query;
import dev.gatehouse.core.identity.PasswordLength;
import dev.gatehouse.forge.http.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the first administrator's link leads. The link's secret is in its fragment, which browsers do not send: a script puts it into the form,
 * and without a script a person does. It is in no log, and in no address that anything between here and there sees.
 */
final class SetupPage {
    static final String PATH = "/-/setup";

    private static final int BODY_BYTES_MAX = 8 << 10;
    private static final String TYPE = "application/x-www-form-urlencoded";

    /** After these the link still counts, so the form is shown again. */
    private static final Set<Cause> CORRECTABLE = Set.of(
            StartCause.ACCOUNT_NAME_INVALID,
            StartCause.ACCOUNT_EXISTS,
            StartCause.PASSWORD_INVALID,
            IdentityCause.IDENTITY_CHECK_BUSY);

    private final SetupClaims claims;
    private final String publicUrl;

    SetupPage(SetupClaims claims, String publicUrl) {
        this.claims = claims;
        this.publicUrl = publicUrl;
    }

    void serve(Exchange exchange) throws IOException {
        switch (exchange.method()) {
            case "GET", "HEAD" -> show(exchange, 200, Entered.NOTHING, Html.NOTHING);
            case "POST" -> claim(exchange);
            default ->
                throw RequestCause.METHOD_NOT_ALLOWED
                        .with("method", exchange.method(), "path", PATH, "allowed", "GET, POST")
                        .asException();
        }
    }

    private record Entered(String code, String name) {
        static final Entered NOTHING = new Entered("", "");

        @Override
        public String toString() {
            return "Entered[" + name + "]";
        }
    }

    private void claim(Exchange exchange) throws IOException {
        requireOwnForm(exchange);
        ParsedQuery.Parameters form = read(exchange);
        Entered entered =
                new Entered(field(form, "code").strip(), field(form, "name").strip());
        String password = field(form, "password");
        try {
            if (!password.equals(field(form, "again"))) {
                throw StartCause.PASSWORD_INVALID
                        .with("detail", "it was not typed the same way twice")
                        .asException();
            }
            claims.claim(entered.code(), entered.name(), password);
        } catch (FailureException refused) {
            Failure failure = refused.failure();
            if (!CORRECTABLE.contains(failure.cause())) {
                throw refused;
            }
            exchange.failed(failure);
            Html problem = Html.of(
                    "<p class=\"problem sentence\" role=\"alert\">{} <span class=\"code\">{}</span></p>\n",
                    failure.message(),
                    failure.cause().code());
            show(exchange, failure.cause().definition().httpStatus(), entered, problem);
            return;
        }
        exchange.answer(Layout.page(201, "Welcome", done(entered.name()), exchange));
    }

    /** Browsers say where a form comes from (Fetch Metadata; older ones by Origin alone). Whoever says nothing is no browser. */
    private void requireOwnForm(Exchange exchange) {
        Optional<String> site = exchange.header("Sec-Fetch-Site");
        Optional<String> origin = exchange.header("Origin");
        boolean own = site.map(value -> value.equals("same-origin"))
                .or(() -> origin.map(value -> value.equals(publicUrl)))
                .orElse(true);
        if (!own) {
            throw RequestCause.CROSS_SITE
                    .with("origin", origin.or(() -> site).orElse("unknown"), "path", publicUrl + PATH)
                    .asException();
        }
    }

    private static ParsedQuery.Parameters read(Exchange exchange) throws IOException {
        String type = exchange.header("Content-Type").orElse("none");
        if (!type.equals(TYPE) && !type.startsWith(TYPE + ";")) {
            throw RequestCause.CONTENT_TYPE_WRONG
                    .with("path", PATH, "expected", TYPE, "actual", type)
                    .asException();
        }
        byte[] body = exchange.body().readNBytes(BODY_BYTES_MAX + 1);
        if (body.length > BODY_BYTES_MAX) {
            throw RequestCause.BODY_INVALID
                    .with("detail", "it is longer than " + BODY_BYTES_MAX + " bytes")
                    .asException();
        }
        // A form has a query's notation, and its octets beyond ASCII are refused there.
        return switch (Query.parse(Optional.of(new String(body, StandardCharsets.ISO_8859_1)))) {
            case ParsedQuery.Parameters form -> form;
            case ParsedQuery.Malformed malformed ->
                throw RequestCause.BODY_INVALID
                        .with("detail", "it is not a form, or a value has control characters")
                        .asException();
        };
    }

    private static String field(ParsedQuery.Parameters form, String name) {
        return form.get(name)
                .orElseThrow(() -> RequestCause.BODY_INVALID
                        .with("detail", "the field " + name + " is missing")
                        .asException());
    }

    private static void show(Exchange exchange, int status, Entered entered, Html problem) throws IOException {
        Html content = Html.of(
                """
                <h1>The first administrator</h1>
                <p>This makes the account that may do everything here. The link works once.</p>
                {}<form method="post" action="{}" id="setup">
                <div class="field" id="code-field">
                <label for="code">Code</label>
                <input id="code" name="code" value="{}" required autocomplete="off" autocapitalize="none" spellcheck="false">
                <p class="note">What stands behind <code>#</code> in the link that Gatehouse printed when it started.</p>
                </div>
                <div class="field">
                <label for="name">Name</label>
                <input id="name" name="name" value="{}" required maxlength="39" autocomplete="username" autocapitalize="none" spellcheck="false">
                <p class="note">Lower-case letters, digits and dashes.</p>
                </div>
                <div class="field">
                <label for="password">Password</label>
                <input id="password" name="password" type="password" required minlength="{}" maxlength="{}" autocomplete="new-password">
                <p class="note">At least {} characters. It also works as the password of git, which then sends it with each request, inside TLS: for every day, an access token is better, because it expires.</p>
                </div>
                <div class="field">
                <label for="again">Password, once more</label>
                <input id="again" name="again" type="password" required minlength="{}" maxlength="{}" autocomplete="new-password">
                </div>
                <button type="submit">Make the account</button>
                </form>
                """,
                problem,
                PATH,
                entered.code(),
                entered.name(),
                PasswordLength.MIN,
                PasswordLength.MAX,
                PasswordLength.MIN,
                PasswordLength.MIN,
                PasswordLength.MAX);
        exchange.answer(Layout.page(Layout.FORM, status, "The first administrator", content, exchange, Map.of()));
    }

    private Html done(String name) {
        return Html.of(
                """
                <h1>Welcome, {}</h1>
                <p>The account is made, and the link is used up.</p>
                <h2>Make a repository</h2>
                <p>By the first push, from any clone. When git asks, the name is <code>{}</code>, and the password is yours, or an access token.</p>
                {}<h2>Get an access token</h2>
                <p>On the machine that Gatehouse runs on. It expires after an hour, or after what <code>--ttl</code> says.</p>
                {}<h2>Let others in</h2>
                <p>Make their accounts, then say in <code>policy.yaml</code> what they may do. Without a rule they may do nothing.</p>
                {}<p><a class="button" href="{}">Sign in with this browser</a></p>
                """,
                name,
                name,
                Commands.command("git push " + publicUrl + "/" + name + "/my-project.git HEAD:main"),
                Commands.command("./gatehouse token issue --user " + name),
                Commands.command("./gatehouse user add NAME\n./gatehouse policy check"),
                SignIn.PATH);
    }
}
