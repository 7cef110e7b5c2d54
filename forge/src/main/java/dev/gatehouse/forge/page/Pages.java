package dev.gatehouse.forge.page;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.RequestCause;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.core.trace.TraceId;
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
    private static final int LISTED_MAX = 100;
    private static final int LINE_LENGTH_OF_ID = 10;

    private final RepositoryCatalog catalog;
    private final String publicUrl;
    private final byte[] style = resource("gatehouse.css");

    /** @param publicUrl what addresses begin with */
    public Pages(RepositoryCatalog catalog, URI publicUrl) {
        this.catalog = catalog;
        this.publicUrl = publicUrl.toString();
    }

    /** From now on failures are told as a page. */
    public void introduce(Exchange exchange) {
        exchange.is("page", (failure, trace) -> failed(failure, who(exchange), trace));
    }

    /**
     * Answers it.
     *
     * @param path the segments of the path
     */
    public void serve(Exchange exchange, List<String> path) throws IOException {
        if (path.isEmpty()) {
            exchange.answer(page(exchange, "Gatehouse", start(exchange)));
            return;
        }
        if (exchange.path().value().equals(Layout.STYLE_PATH)) {
            exchange.answer(
                    new Answer(200, "text/css; charset=utf-8", style, Map.of("Cache-Control", "public, max-age=3600")));
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

    private void repository(Exchange exchange, RepositoryName name) throws IOException {
        exchange.about(name);
        if (exchange.caller().isEmpty()) {
            // The same for a repository that is there and one that is not.
            exchange.answer(page(exchange, name.toString(), signInFirst(name)));
            return;
        }
        RegisteredRepository repository = catalog.forReading(exchange, name);
        try (HostedRepository open = catalog.open(repository)) {
            exchange.answer(page(exchange, name.toString(), repository(repository, open)));
        }
    }

    private Html start(Exchange exchange) {
        Html signIn = exchange.caller().isPresent() ? Html.NOTHING : signIn();
        return Html.of("""
                <h1>Gatehouse</h1>
                <p>A Git service that can only be reached by a verified identity, and that always says why.</p>
                {}
                <h2>Clone</h2>
                <pre><code>git clone {}/OWNER/REPOSITORY.git</code></pre>
                <h2>When something is refused</h2>
                <p>Your terminal names the rule, what to do, and a trace. The operator can follow it hop by hop:</p>
                <pre><code>gatehouse explain TRACE</code></pre>
                """, signIn, publicUrl);
    }

    private Html signInFirst(RepositoryName name) {
        return Html.of(
                "<h1>{}</h1>\n<p>Sign in to see whether there is something here for you.</p>\n{}{}",
                name,
                signIn(),
                cloning(name));
    }

    private Html signIn() {
        return Html.of("""
                <h2>Sign in</h2>
                <pre><code>gatehouse login {}</code></pre>
                <p>This sets up <code>git</code> for this address. With a token of yours, <code>git</code> asks for it instead: any user
                name, and the token as the password.</p>
                """, publicUrl);
    }

    private Html cloning(RepositoryName name) {
        return Html.of("<h2>Clone</h2>\n<pre><code>git clone {}{}</code></pre>\n", publicUrl, name.gitPath());
    }

    private Html repository(RegisteredRepository repository, HostedRepository open) {
        Html description =
                repository.description().isEmpty() ? Html.NOTHING : Html.of("<p>{}</p>\n", repository.description());
        Html content = open.isEmpty() ? firstPush(repository) : refs(repository, open);
        return Html.of(
                "<h1><span class=\"owner\">{} /</span> {}</h1>\n{}{}{}",
                repository.name().owner(),
                repository.name().name(),
                description,
                cloning(repository.name()),
                content);
    }

    private Html firstPush(RegisteredRepository repository) {
        return Html.of("""
                <h2>Nothing has been pushed yet</h2>
                <pre><code>git remote add origin {}{}
                git push -u origin HEAD:{}</code></pre>
                """, publicUrl, repository.name().gitPath(), repository.defaultBranch());
    }

    private static Html refs(RegisteredRepository repository, HostedRepository open) {
        String standard = open.defaultBranch().value();
        return Html.of(
                "{}{}",
                list("Branches", "refs/heads/", open.branchCount(), open.branches(), standard),
                list(
                        "Tags",
                        "refs/tags/",
                        open.tagCount(),
                        open.tags(),
                        repository.name().toString()));
    }

    private static Html list(
            String title, String prefix, int count, List<HostedRepository.RefValue> refs, String standard) {
        if (count == 0) {
            return Html.NOTHING;
        }
        List<Html> rows = refs.stream()
                .limit(LISTED_MAX)
                .map(ref -> Html.of(
                        "<tr><td>{}{}</td><td><code>{}</code></td></tr>\n",
                        ref.name().value().substring(prefix.length()),
                        ref.name().value().equals(standard) ? Html.of(" <em>default</em>") : Html.NOTHING,
                        ref.id().hex().substring(0, LINE_LENGTH_OF_ID)))
                .toList();
        Html more = count > LISTED_MAX
                ? Html.of("<p>and {} more: <code>git ls-remote</code> lists all</p>\n", count - LISTED_MAX)
                : Html.NOTHING;
        return Html.of(
                "<h2>{} <span class=\"count\">{}</span></h2>\n<table>\n{}</table>\n{}",
                title,
                count,
                Html.join(rows),
                more);
    }

    private static Answer page(Exchange exchange, String title, Html content) {
        return Layout.page(200, title, who(exchange), content, exchange.trace());
    }

    private static Answer failed(Failure failure, String who, Optional<TraceId> trace) {
        int status = failure.cause().definition().httpStatus();
        Html content = Html.of(
                "<h1>{}</h1>\n<p class=\"code\">{}</p>\n<h2>What to do</h2>\n<p>{}</p>\n",
                failure.message(),
                failure.cause().code(),
                failure.remedy());
        return Layout.page(status, failure.cause().code(), who, content, trace);
    }

    private static String who(Exchange exchange) {
        return exchange.caller()
                .map(Caller::principal)
                .map(principal -> principal.displayName())
                .orElse("not signed in");
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
