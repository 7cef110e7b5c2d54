package dev.gatehouse.app.role;

import dev.gatehouse.control.Control;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.RepositoryCause;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.policy.PolicyVersion;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.core.trace.TraceContext;
import dev.gatehouse.forge.registry.RegisteredRepository;
import dev.gatehouse.git.DurableFiles;
import dev.gatehouse.git.HostedRepository;
import dev.gatehouse.git.PushContext;
import dev.gatehouse.git.PushListener;
import dev.gatehouse.git.PushReport;
import dev.gatehouse.git.ReceiveService;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Optional;

/** What {@code up --demo} adds; nothing of it twice. */
final class Demo {
    private static final RepositoryName HELLO = new RepositoryName("demo", "hello");
    private static final String README = """
            # Hello

            You cloned this through ingress, mutual TLS and sidecar, under a verified name.
            Now push a branch, then try main: the refusal names the rule and what to do instead.
            """;

    private Demo() {}

    static void seed(Control control, ForgeRole forge, Preparation preparation) {
        control.seedDemo();
        Caller operator = ForgeOperatorService.operator("up --demo");
        RegisteredRepository made;
        try {
            made = forge.forge().createRepository(HELLO, operator);
        } catch (FailureException known) {
            if (known.failure().cause() == RepositoryCause.REPOSITORY_EXISTS) {
                return;
            }
            throw known;
        }
        SecureRandom random = new SecureRandom();
        PolicyVersion version =
                forge.node().agent().snapshots().current().policy().version();
        ReceiveService receive = new ReceiveService(
                LimitMapping.git(preparation.configuration().limits()),
                DurableFiles.ofSystem(),
                forge.node().journal(),
                preparation.plan().clock(),
                random,
                PushListener.NONE);
        FirstCommit first = FirstCommit.of(
                "refs/heads/main",
                "README.md",
                README,
                "Say hello",
                preparation.plan().clock().instant());
        try (HostedRepository repository = forge.repositories().open(made.id())) {
            PushReport report = receive.serve(
                    repository,
                    new ByteArrayInputStream(first.body()),
                    OutputStream.nullOutputStream(),
                    new PushContext(
                            operator,
                            HELLO,
                            TraceContext.mint(random, Optional.empty()).traceId(),
                            () -> FirstCommit.operatorGate(version)));
            report.refs().stream()
                    .flatMap(ref -> ref.failure().stream())
                    .findFirst()
                    .or(report::failure)
                    .ifPresent(failure -> {
                        throw failure.asException();
                    });
        }
    }
}
