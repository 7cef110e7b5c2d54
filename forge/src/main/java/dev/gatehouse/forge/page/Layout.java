package dev.gatehouse.forge.page;

import dev.gatehouse.core.trace.TraceId;
import dev.gatehouse.forge.http.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** What all pages have around them. */
final class Layout {
    static final String STYLE_PATH = "/-/static/gatehouse.css";

    private static final Map<String, String> HEADERS = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy",
                    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
                            + " frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin");

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{}</title>
            <link rel="stylesheet" href="{}">
            </head>
            <body>
            <header><a href="/">Gatehouse</a><span class="who">{}</span></header>
            <main>
            {}
            </main>
            <footer>{}</footer>
            </body>
            </html>
            """;

    private Layout() {}

    static Answer page(int status, String title, String who, Html content, Optional<TraceId> trace) {
        Html foot = trace.map(id -> Html.of("trace <code>{}</code>", id)).orElse(Html.NOTHING);
        Html page = Html.of(PAGE, title, STYLE_PATH, who, content, foot);
        return new Answer(status, Answer.HTML, page.source().getBytes(StandardCharsets.UTF_8), HEADERS);
    }
}
