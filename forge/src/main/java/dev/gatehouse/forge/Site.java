package dev.gatehouse.forge;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.cause.AuditCause;
import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.RequestCause;
import dev.gatehouse.core.git.GitEndpoint;
import dev.gatehouse.core.git.GitEndpoints;
import dev.gatehouse.core.git.GitTarget;
import dev.gatehouse.forge.api.Api;
import dev.gatehouse.forge.git.SmartHttp;
import dev.gatehouse.forge.http.Answer;
import dev.gatehouse.forge.http.Exchange;
import dev.gatehouse.forge.http.FailureAnswer;
import dev.gatehouse.forge.http.Service;
import dev.gatehouse.forge.page.Pages;
import java.io.IOException;
import java.util.List;

/** Which part of the forge answers which path. Paths are read by core, as the sidecar read them. */
final class Site implements Service {
    private static final String HEALTH = "/-/health/forge";

    private final SmartHttp git;
    private final Api api;
    private final Pages pages;
    private final AuditJournal journal;

    Site(SmartHttp git, Api api, Pages pages, AuditJournal journal) {
        this.git = git;
        this.api = api;
        this.pages = pages;
        this.journal = journal;
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
        switch (GitEndpoints.parse(exchange.method(), exchange.path(), exchange.query())) {
            case GitTarget.Git(GitEndpoint endpoint) -> {
                git.introduce(exchange, endpoint);
                requireJournal();
                git.serve(exchange, endpoint);
            }
            case GitTarget.Refused(Failure failure) -> {
                exchange.is("git", FailureAnswer.PLAIN);
                throw failure.asException();
            }
            case GitTarget.NotGit() -> serveOthers(exchange);
        }
    }

    private void serveOthers(Exchange exchange) throws IOException {
        List<String> segments = exchange.path().segments();
        if (segments.size() > 1
                && segments.get(0).equals("api")
                && segments.get(1).equals("v1")) {
            api.introduce(exchange);
            requireJournalToChange(exchange);
            api.serve(exchange, segments.subList(2, segments.size()));
            return;
        }
        if (exchange.path().value().equals(HEALTH)) {
            health(exchange);
            return;
        }
        pages.introduce(exchange);
        if (pages.takesForm(exchange)) {
            requireJournalToChange(exchange);
        } else if (!isRead(exchange)) {
            throw RequestCause.METHOD_NOT_ALLOWED
                    .with("method", exchange.method(), "path", exchange.path().value(), "allowed", "GET")
                    .asException();
        }
        pages.serve(exchange, segments);
    }

    private void health(Exchange exchange) throws IOException {
        exchange.is("health", FailureAnswer.PLAIN);
        requireJournal();
        exchange.answer(Answer.of(200, Answer.TEXT, "ok\n"));
    }

    private void requireJournalToChange(Exchange exchange) {
        if (!isRead(exchange)) {
            requireJournal();
        }
    }

    private static boolean isRead(Exchange exchange) {
        return exchange.method().equals("GET") || exchange.method().equals("HEAD");
    }

    private void requireJournal() {
        if (!journal.accepting()) {
            throw AuditCause.JOURNAL_UNAVAILABLE
                    .with("detail", "it does not accept records", "path", "the data folder")
                    .asException();
        }
    }
}
