package dev.gatehouse.forge.page;

import dev.gatehouse.forge.http.Exchange;
import dev.gatehouse.forge.registry.RegisteredRepository;
import dev.gatehouse.forge.registry.RepositoryCatalog;
import java.util.List;
import java.util.Optional;

/** The first page: how to sign in, or what there is for who has. */
final class StartPage {
    private static final int LISTED_MAX = 100;

    private final RepositoryCatalog catalog;
    private final Commands commands;

    StartPage(RepositoryCatalog catalog, Commands commands) {
        this.catalog = catalog;
        this.commands = commands;
    }

    Html of(Exchange exchange) {
        return exchange.caller().isPresent() ? repositories(exchange) : signInFirst();
    }

    private Html signInFirst() {
        return Html.of("""
                <h1>Sign in</h1>
                <p>Everything here is for people and jobs with a verified identity. What is refused says why.</p>
                {}{}
                """, commands.signIn(Optional.empty()), whenRefused());
    }

    private Html repositories(Exchange exchange) {
        List<RegisteredRepository> readable = catalog.readable(exchange);
        List<Html> rows = readable.stream()
                .limit(LISTED_MAX)
                .map(repository -> Html.of(
                        "<tr><td><a href=\"/{}\"><span class=\"owner\">{} /</span> {}</a></td><td>{}</td></tr>\n",
                        repository.name(),
                        repository.name().owner(),
                        repository.name().name(),
                        repository.description()))
                .toList();
        Html list = rows.isEmpty()
                ? Html.of(
                        "<p>There is none that you may read.</p>\n<p class=\"note\">Ask an administrator for a rule"
                                + " that allows it; or make one, where you may, by the first push:</p>\n{}",
                        Commands.command("git push URL HEAD:main"))
                : Html.of("<table class=\"list\">\n{}</table>\n", Html.join(rows));
        Html more = readable.size() > LISTED_MAX
                ? Html.of("<p class=\"note\">and {} more</p>\n", readable.size() - LISTED_MAX)
                : Html.NOTHING;
        return Html.of(
                "<h1>Repositories <span class=\"count\">{}</span></h1>\n{}{}{}",
                readable.size(),
                list,
                more,
                whenRefused());
    }

    private static Html whenRefused() {
        return Html.of("""
                <h2>When something is refused</h2>
                <p>Your terminal names the rule, what to do, and a trace. The operator follows it hop by hop:</p>
                {}""", Commands.command("./gatehouse explain TRACE"));
    }
}
