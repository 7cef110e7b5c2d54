package dev.gatehouse.forge.git;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.cause.RequestCause;
import dev.gatehouse.core.git.GitEndpoint;
import dev.gatehouse.core.git.GitPhase;
import dev.gatehouse.core.git.GitProtocolVersion;
import dev.gatehouse.core.git.GitRefusal;
import dev.gatehouse.core.git.GitService;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.core.snapshot.SnapshotSource;
import dev.gatehouse.forge.http.Answer;
import dev.gatehouse.forge.http.Exchange;
import dev.gatehouse.forge.http.FailureAnswer;
import dev.gatehouse.forge.registry.RegisteredRepository;
import dev.gatehouse.forge.registry.RepositoryCatalog;
import dev.gatehouse.git.HostedRepository;
import dev.gatehouse.git.PushContext;
import dev.gatehouse.git.PushReport;
import dev.gatehouse.git.ReceiveService;
import dev.gatehouse.git.UploadReport;
import dev.gatehouse.git.UploadService;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

/** Serves Git clients. Safe for all threads; a request blocks its own. */
public final class SmartHttp {
    private static final Map<String, String> NEVER_CACHED = Map.of(
            "Cache-Control", "no-cache, max-age=0, must-revalidate",
            "Pragma", "no-cache",
            "Expires", "Fri, 01 Jan 1980 00:00:00 GMT");

    private final RepositoryCatalog catalog;
    private final UploadService uploads;
    private final ReceiveService pushes;
    private final SnapshotSource snapshots;

    public SmartHttp(
            RepositoryCatalog catalog, UploadService uploads, ReceiveService pushes, SnapshotSource snapshots) {
        this.catalog = catalog;
        this.uploads = uploads;
        this.pushes = pushes;
        this.snapshots = snapshots;
    }

    /** Says what the request is, so that whatever fails from now on is told in Git's own words. */
    public void introduce(Exchange exchange, GitEndpoint endpoint) {
        exchange.is(endpoint.operation(), inWordsOf(endpoint));
        exchange.about(endpoint.repository());
    }

    /** Answers it. */
    public void serve(Exchange exchange, GitEndpoint endpoint) throws IOException {
        switch (endpoint) {
            case GitEndpoint.Discovery discovery -> discover(exchange, discovery);
            case GitEndpoint.Rpc rpc -> {
                requireFormOfBody(exchange, rpc.service());
                switch (rpc.service()) {
                    case UPLOAD_PACK -> fetch(exchange, rpc.repository());
                    case RECEIVE_PACK -> push(exchange, rpc.repository());
                }
            }
        }
    }

    private void discover(Exchange exchange, GitEndpoint.Discovery discovery) throws IOException {
        RepositoryName name = discovery.repository();
        Optional<RegisteredRepository> found = switch (discovery.service()) {
            case UPLOAD_PACK -> Optional.of(catalog.forReading(exchange, name));
            case RECEIVE_PACK -> catalog.forAnnouncedPush(exchange, name);
        };
        String type = discovery.service().advertisementType();
        if (found.isEmpty()) {
            try (OutputStream out = exchange.stream(200, type, NEVER_CACHED)) {
                pushes.advertiseNew(out);
            }
            return;
        }
        try (HostedRepository repository = catalog.open(found.get());
                OutputStream out = exchange.stream(200, type, NEVER_CACHED)) {
            switch (discovery.service()) {
                case UPLOAD_PACK -> uploads.advertise(repository, version(exchange), out);
                case RECEIVE_PACK -> pushes.advertise(repository, out);
            }
        }
    }

    private void fetch(Exchange exchange, RepositoryName name) throws IOException {
        RegisteredRepository found = catalog.forReading(exchange, name);
        try (HostedRepository repository = catalog.open(found);
                OutputStream out = exchange.stream(200, GitService.UPLOAD_PACK.resultType(), NEVER_CACHED)) {
            UploadReport report =
                    uploads.serve(repository, version(exchange), exchange.body(), out, exchange.traceId());
            report.failure().ifPresent(exchange::failed);
        }
    }

    private void push(Exchange exchange, RepositoryName name) throws IOException {
        Caller caller = exchange.caller()
                .orElseThrow(() -> IdentityCause.NO_CREDENTIAL
                        .with("signIn", "gatehouse login")
                        .asException());
        RegisteredRepository found = catalog.forPush(exchange, name);
        PushContext context =
                new PushContext(caller, name, exchange.traceId(), () -> new SnapshotGate(snapshots.current(), caller));
        try (HostedRepository repository = catalog.open(found);
                OutputStream out = exchange.stream(200, GitService.RECEIVE_PACK.resultType(), NEVER_CACHED)) {
            PushReport report = pushes.serve(repository, exchange.body(), out, context);
            report.failure()
                    .or(() -> report.refs().stream()
                            .flatMap(ref -> ref.failure().stream())
                            .findFirst())
                    .ifPresent(exchange::failed);
        }
    }

    private static void requireFormOfBody(Exchange exchange, GitService service) {
        String type = exchange.header("Content-Type").orElse("none");
        if (!type.equals(service.requestType())) {
            throw RequestCause.CONTENT_TYPE_WRONG
                    .with("path", exchange.path().value(), "expected", service.requestType(), "actual", type)
                    .asException();
        }
        // The sidecar has inflated what was compressed: what it read is what is executed here.
        exchange.header("Content-Encoding")
                .filter(encoding -> !encoding.equals("identity"))
                .ifPresent(encoding -> {
                    throw RequestCause.UNSUPPORTED_ENCODING
                            .with("encoding", encoding)
                            .asException();
                });
    }

    private static GitProtocolVersion version(Exchange exchange) {
        return GitProtocolVersion.of(exchange.header("Git-Protocol"));
    }

    private static FailureAnswer inWordsOf(GitEndpoint endpoint) {
        GitPhase phase = switch (endpoint) {
            case GitEndpoint.Discovery discovery -> new GitPhase.Discovery();
            case GitEndpoint.Rpc rpc ->
                switch (rpc.service()) {
                    case UPLOAD_PACK -> new GitPhase.Fetch();
                    case RECEIVE_PACK -> new GitPhase.PushUnread();
                };
        };
        return (failure, trace) -> answer(GitRefusal.of(phase, failure, trace));
    }

    private static Answer answer(GitRefusal refusal) {
        return new Answer(refusal.status(), refusal.contentType(), refusal.body(), NEVER_CACHED);
    }

    /** How {@code failure} is told at discovery, for requests that only resemble Git. */
    public static Answer refused(Failure failure, Exchange exchange) {
        return answer(GitRefusal.of(new GitPhase.Discovery(), failure, exchange.trace()));
    }
}
