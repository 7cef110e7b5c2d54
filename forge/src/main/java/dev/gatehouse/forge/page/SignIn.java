package dev.gatehouse.forge.page;

import dev.gatehouse.core.http.ParsedQuery;
import dev.gatehouse.core.http.Query;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.forge.http.Answer;
import dev.gatehouse.forge.http.Exchange;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Signing in with a browser: {@code /?sign-in} has it ask for a name and a password, which it then sends along everywhere. The question stands at
 * the root because a browser sends the answer only at and below the folder where it was asked (RFC 7617, section 2.2).
 */
final class SignIn {
    static final String PATH = "/?sign-in";

    private static final String PARAMETER = "sign-in";

    private SignIn() {}

    static boolean isAskedFor(Exchange exchange) {
        return target(exchange).isPresent();
    }

    static void serve(Exchange exchange) throws IOException {
        if (exchange.caller().isEmpty()) {
            exchange.answer(Layout.page(
                    Layout.READING,
                    401,
                    "Sign in",
                    Html.of("""
                            <h1>Not signed in</h1>
                            <p>The browser asks for a name and a password or token.</p>
                            <p><a class="button" href="{}">Try again</a></p>
                            """, PATH),
                    exchange,
                    Map.of("WWW-Authenticate", "Basic realm=\"Gatehouse\", charset=\"UTF-8\"")));
            return;
        }
        // Only to what is a repository's page, built anew: never to an address that somebody put into a link.
        String next = target(exchange)
                .flatMap(RepositoryName::parse)
                .map(name -> "/" + name)
                .orElse("/");
        exchange.answer(
                new Answer(303, Answer.TEXT, new byte[0], Map.of("Location", next, "Cache-Control", "no-store")));
    }

    private static Optional<String> target(Exchange exchange) {
        return Query.parse(exchange.query()) instanceof ParsedQuery.Parameters parameters
                ? parameters.get(PARAMETER)
                : Optional.empty();
    }
}
