package dev.gatehouse.proxy.answer;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.trace.TraceId;
import dev.gatehouse.proxy.exchange.Answer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A failure for a person with a browser: one small page that loads nothing, for what it would load may be what fails. Its style stands in it, and
 * the page's policy allows that one style by its hash.
 */
final class FailurePage {
    private static final String STYLE = """

            :root{color-scheme:light dark;--ground:#fcfcfa;--ink:#1b1d1f;--quiet:#5f646a;--line:#e0e1dc}
            @media(prefers-color-scheme:dark){:root{--ground:#15171a;--ink:#e4e4e0;--quiet:#979da4;--line:#2e3237}}
            body{margin:0 auto;max-width:44rem;padding:3.5rem 1.5rem;background:var(--ground);color:var(--ink);\
            font:1rem/1.6 system-ui,-apple-system,'Segoe UI','Noto Sans','DejaVu Sans',sans-serif;overflow-wrap:anywhere}
            h1{margin:0 0 2rem;font-size:1.5rem;line-height:1.3;letter-spacing:-.01em}
            h1::first-letter,p::first-letter{text-transform:uppercase}
            h2{margin:0;font-size:1.0625rem}
            p{margin:.5rem 0}
            footer{margin-top:2.5rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--quiet);font-size:.8125rem}
            code{font:1em ui-monospace,'DejaVu Sans Mono',monospace}
            """;

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{code}</title>
            <style>{style}</style></head>
            <body>
            <h1>{message}</h1>
            <h2>What to do</h2>
            <p>{remedy}</p>
            <footer><code>{code}</code> · trace <code>{trace}</code></footer>
            </body>
            </html>
            """;

    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'sha256-" + sha256(STYLE) + "'; frame-ancestors 'none'; base-uri 'none'";

    private FailurePage() {}

    static Answer of(Failure failure, TraceId trace) {
        StringBuilder page = new StringBuilder(PAGE.length() + STYLE.length() + 512);
        int from = 0;
        for (int open = PAGE.indexOf('{'); open >= 0; open = PAGE.indexOf('{', from)) {
            int close = PAGE.indexOf('}', open);
            page.append(PAGE, from, open);
            page.append(value(PAGE.substring(open + 1, close), failure, trace));
            from = close + 1;
        }
        page.append(PAGE, from, PAGE.length());
        return Answer.of(
                        failure.cause().definition().httpStatus(),
                        "text/html; charset=utf-8",
                        page.toString().getBytes(StandardCharsets.UTF_8))
                .with("content-security-policy", CONTENT_SECURITY_POLICY)
                .with("x-content-type-options", "nosniff")
                .with("referrer-policy", "no-referrer");
    }

    private static String value(String name, Failure failure, TraceId trace) {
        return switch (name) {
            case "code" -> escaped(failure.cause().code());
            case "message" -> escaped(failure.message());
            case "remedy" -> escaped(failure.remedy());
            case "trace" -> escaped(trace.toString());
            case "style" -> STYLE;
            default -> throw new IllegalStateException("no such place in the page: " + name);
        };
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
