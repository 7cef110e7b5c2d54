package dev.gatehouse.forge.page;

import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.forge.registry.RegisteredRepository;
import dev.gatehouse.git.HostedRepository;
import java.util.List;
import java.util.Optional;

/** One repository, for who may read it; and what everybody else sees in its place. */
final class RepositoryPage {
    private static final int LISTED_MAX = 100;
    private static final int SHOWN_ID_DIGITS = 10;

    private final Commands commands;

    RepositoryPage(Commands commands) {
        this.commands = commands;
    }

    /** The same for a repository that is there and one that is not. */
    Html signInFirst(RepositoryName name) {
        return Html.of(
                "{}<p>Sign in to see whether there is something here for you.</p>\n{}",
                heading(name),
                commands.signIn(Optional.of(name)));
    }

    Html of(RegisteredRepository repository, HostedRepository open) {
        Html description =
                repository.description().isEmpty() ? Html.NOTHING : Html.of("<p>{}</p>\n", repository.description());
        Html content = open.isEmpty() ? firstPush(repository) : refs(open);
        return Html.of(
                "{}{}<h2>Clone</h2>\n{}{}",
                heading(repository.name()),
                description,
                commands.cloning(repository.name().gitPath()),
                content);
    }

    private static Html heading(RepositoryName name) {
        return Html.of("<h1><span class=\"owner\">{} /</span> {}</h1>\n", name.owner(), name.name());
    }

    private Html firstPush(RegisteredRepository repository) {
        return Html.of(
                "<h2>Nothing has been pushed yet</h2>\n{}",
                commands.firstPush(
                        repository.name().gitPath(), repository.defaultBranch().toString()));
    }

    private static Html refs(HostedRepository open) {
        String standard = open.defaultBranch().value();
        return Html.of(
                "{}{}",
                list("Branches", "refs/heads/", open.branchCount(), open.branches(), Optional.of(standard)),
                list("Tags", "refs/tags/", open.tagCount(), open.tags(), Optional.empty()));
    }

    private static Html list(
            String title, String prefix, int count, List<HostedRepository.RefValue> refs, Optional<String> standard) {
        if (count == 0) {
            return Html.NOTHING;
        }
        List<Html> rows = refs.stream()
                .limit(LISTED_MAX)
                .map(ref -> Html.of(
                        "<tr><td>{}{}</td><td><code>{}</code></td></tr>\n",
                        ref.name().value().substring(prefix.length()),
                        standard.filter(ref.name().value()::equals).isPresent()
                                ? Html.of(" <em>default</em>")
                                : Html.NOTHING,
                        ref.id().hex().substring(0, SHOWN_ID_DIGITS)))
                .toList();
        Html more = count > LISTED_MAX
                ? Html.of(
                        "<p class=\"note\">and {} more: <code>git ls-remote</code> lists all</p>\n", count - LISTED_MAX)
                : Html.NOTHING;
        return Html.of(
                "<h2>{} <span class=\"count\">{}</span></h2>\n<table>\n{}</table>\n{}",
                title,
                count,
                Html.join(rows),
                more);
    }
}
