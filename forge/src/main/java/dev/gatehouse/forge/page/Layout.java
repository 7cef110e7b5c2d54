package dev.gatehouse.forge.page;

import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.forge.http.Answer;
import dev.gatehouse.forge.http.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What all pages have around them. */
final class Layout {
    static final String STYLE_PATH = "/-/static/gatehouse.css";
    static final String SETUP_SCRIPT_PATH = "/-/static/setup.js";

    /** Of a page that only shows something. */
    static final Kind READING = new Kind(
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'",
            "no-referrer",
            Html.NOTHING);

    /** Of a page with a form. Without a referrer a browser hides from us which site a form was sent from, so to ourselves it says so. */
    static final Kind FORM = new Kind(
            "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; base-uri 'none';"
                    + " form-action 'self'; frame-ancestors 'none'",
            "same-origin",
            Html.of("<script src=\"{}\" defer></script>\n", SETUP_SCRIPT_PATH));

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{}</title>
            <link rel="stylesheet" href="{}">
            {}</head>
            <body>
            <header><a class="home" href="/"><svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path d="{}"/></svg>Gatehouse</a>{}</header>
            <main>
            {}
            </main>
            <footer>{}</footer>
            </body>
            </html>
            """;

    /** A gate: an arch, and its bars. */
    private static final String MARK = "M3 18V9a7 7 0 0 1 14 0v9M7.7 18V7M12.3 18V7M3 12h14";

    private Layout() {}

    /** What a page may do in a browser. */
    record Kind(String contentSecurityPolicy, String referrerPolicy, Html head) {}

    static Answer page(int status, String title, Html content, Exchange exchange) {
        return page(READING, status, title, content, exchange, Map.of());
    }

    static Answer page(
            Kind kind, int status, String title, Html content, Exchange exchange, Map<String, String> headers) {
        Html page = Html.of(
                PAGE,
                title,
                STYLE_PATH,
                kind.head(),
                MARK,
                who(exchange),
                content,
                Html.of("trace <code>{}</code>", exchange.traceId()));
        Map<String, String> all = new HashMap<>(headers);
        all.put("Cache-Control", "no-store");
        all.put("Content-Security-Policy", kind.contentSecurityPolicy());
        all.put("X-Content-Type-Options", "nosniff");
        all.put("Referrer-Policy", kind.referrerPolicy());
        all.put("Cross-Origin-Opener-Policy", "same-origin");
        return new Answer(status, Answer.HTML, page.source().getBytes(StandardCharsets.UTF_8), all);
    }

    private static Html who(Exchange exchange) {
        Optional<String> name = exchange.caller().map(Caller::principal).map(principal -> principal.displayName());
        return name.map(known -> Html.of("<span class=\"who\">{}</span>", known))
                .orElseGet(() -> Html.of("<span class=\"who\">not signed in</span>"));
    }
}
