package dev.gatehouse.forge.page;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.RequestCause;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.forge.http.Answer;
import dev.gatehouse.forge.http.Exchange;
import dev.gatehouse.forge.registry.RegisteredRepository;
import dev.gatehouse.forge.registry.RepositoryCatalog;
import dev.gatehouse.git.HostedRepository;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages. Safe for all threads; a request blocks its own. */
public final class Pages {
    private static final Map<String, String> KEPT = Map.of("Cache-Control", "public, max-age=3600");

    private final RepositoryCatalog catalog;
    private final StartPage start;
    private final RepositoryPage repository;
    private final SetupPage setup;
    private final Map<String, Answer> files = Map.of(
            Layout.STYLE_PATH, new Answer(200, "text/css; charset=utf-8", resource("gatehouse.css"), KEPT),
            Layout.SETUP_SCRIPT_PATH, new Answer(200, "text/javascript; charset=utf-8", resource("setup.js"), KEPT));

    /**
     * @param publicUrl what addresses begin with
     * @param claims who makes the first administrator
     */
    public Pages(RepositoryCatalog catalog, URI publicUrl, SetupClaims claims) {
        Commands commands = new Commands(publicUrl.toString());
        this.catalog = catalog;
        this.start = new StartPage(catalog, commands);
        this.repository = new RepositoryPage(commands);
        this.setup = new SetupPage(claims, publicUrl.toString());
    }

    /** From now on failures are told as a page. */
    public void introduce(Exchange exchange) {
        exchange.is("page", (failure, trace) -> failed(failure, exchange));
    }

    /** Whether the page at that path takes a form, and so more than a look at it. */
    public boolean takesForm(Exchange exchange) {
        return exchange.path().value().equals(SetupPage.PATH);
    }

    /**
     * Answers it.
     *
     * @param path the segments of the path
     */
    public void serve(Exchange exchange, List<String> path) throws IOException {
        if (takesForm(exchange)) {
            setup.serve(exchange);
            return;
        }
        if (path.isEmpty()) {
            start(exchange);
            return;
        }
        Optional<Answer> file = Optional.ofNullable(files.get(exchange.path().value()));
        if (file.isPresent()) {
            exchange.answer(file.get());
            return;
        }
        Optional<RepositoryName> name = path.size() == 2 && !exchange.path().endsWithSlash()
                ? RepositoryName.parse(path.get(0) + "/" + path.get(1))
                : Optional.empty();
        if (name.isEmpty()) {
            throw RequestCause.NOT_FOUND.with("path", exchange.path().value()).asException();
        }
        repository(exchange, name.get());
    }

    private void start(Exchange exchange) throws IOException {
        if (SignIn.isAskedFor(exchange)) {
            SignIn.serve(exchange);
        } else {
            exchange.answer(Layout.page(200, "Gatehouse", start.of(exchange), exchange));
        }
    }

    private void repository(Exchange exchange, RepositoryName name) throws IOException {
        exchange.about(name);
        if (exchange.caller().isEmpty()) {
            exchange.answer(Layout.page(200, name.toString(), repository.signInFirst(name), exchange));
            return;
        }
        RegisteredRepository registered = catalog.forReading(exchange, name);
        try (HostedRepository open = catalog.open(registered)) {
            exchange.answer(Layout.page(200, name.toString(), repository.of(registered, open), exchange));
        }
    }

    private static Answer failed(Failure failure, Exchange exchange) {
        Html content = Html.of(
                """
                <h1 class="sentence">{}</h1>
                <h2>What to do</h2>
                <p class="sentence">{}</p>
                <p class="code">{}</p>
                """, failure.message(), failure.remedy(), failure.cause().code());
        return Layout.page(
                failure.cause().definition().httpStatus(), failure.cause().code(), content, exchange);
    }

    private static byte[] resource(String name) {
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks " + name);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
