package dev.gatehouse.proxy.answer;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.trace.TraceId;
import dev.gatehouse.proxy.exchange.Answer;
import java.nio.charset.StandardCharsets;

/** A failure for a person with a browser: one small page, without script, style sheet or anything else that is loaded. */
final class FailurePage {
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{code}</title></head>
            <body>
            <h1>{message}</h1>
            <p>What to do: {remedy}</p>
            <p><code>{code}</code>, trace <code>{trace}</code></p>
            </body>
            </html>
            """;

    private FailurePage() {}

    static Answer of(Failure failure, TraceId trace) {
        StringBuilder page = new StringBuilder(PAGE.length() + 512);
        int from = 0;
        for (int open = PAGE.indexOf('{'); open >= 0; open = PAGE.indexOf('{', from)) {
            int close = PAGE.indexOf('}', open);
            page.append(PAGE, from, open);
            page.append(escaped(value(PAGE.substring(open + 1, close), failure, trace)));
            from = close + 1;
        }
        page.append(PAGE, from, PAGE.length());
        return Answer.of(
                        failure.cause().definition().httpStatus(),
                        "text/html; charset=utf-8",
                        page.toString().getBytes(StandardCharsets.UTF_8))
                .with("content-security-policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'")
                .with("x-content-type-options", "nosniff")
                .with("referrer-policy", "no-referrer");
    }

    private static String value(String name, Failure failure, TraceId trace) {
        return switch (name) {
            case "code" -> failure.cause().code();
            case "message" -> failure.message();
            case "remedy" -> failure.remedy();
            case "trace" -> trace.toString();
            default -> throw new IllegalStateException("no such place in the page: " + name);
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
