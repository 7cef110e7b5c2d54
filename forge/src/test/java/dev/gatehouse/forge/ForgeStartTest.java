package dev.gatehouse.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.core.audit.IntentRecord;
import dev.gatehouse.core.audit.OutcomeRecord;
import dev.gatehouse.core.cause.AuditCause;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.RepositoryCause;
import dev.gatehouse.core.policy.PolicyVersion;
import dev.gatehouse.core.policy.RuleReference;
import dev.gatehouse.core.repository.ObjectFormat;
import dev.gatehouse.core.repository.ObjectId;
import dev.gatehouse.core.repository.RefName;
import dev.gatehouse.core.repository.RefUpdate;
import dev.gatehouse.core.repository.RepositoryName;
import dev.gatehouse.forge.registry.RegisteredRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForgeStartTest {
    private static final RepositoryName HELLO = new RepositoryName("demo", "hello");

    private static IntentRecord intent(RegisteredRepository repository) {
        RefUpdate update = new RefUpdate(
                new RefName("refs/heads/main"),
                ObjectFormat.SHA1.zero(),
                new ObjectId(ObjectFormat.SHA1, "1".repeat(40)));
        return new IntentRecord(
                Instant.parse("2026-01-01T11:59:00Z"),
                Optional.empty(),
                "push-1",
                ForgeFixture.caller("alice"),
                HELLO,
                repository.id(),
                List.of(new IntentRecord.PermittedUpdate(update, false, RuleReference.builtIn("test"))),
                new PolicyVersion(1, "0123456789ab"));
    }

    @Test
    void what_a_crash_left_open_is_resolved_before_anything_is_served() throws Exception {
        Path folder = Files.createTempDirectory("forge");
        RegisteredRepository repository;
        try (ForgeFixture before = ForgeFixture.in(folder, List.of())) {
            repository = before.forge().createRepository(HELLO, ForgeFixture.operator());
        }
        try (ForgeFixture after = ForgeFixture.in(folder, List.of(intent(repository)))) {
            assertThat(after.forge().status().openIntentsResolved()).isEqualTo(1);
            assertThat(after.journal.records(OutcomeRecord.class))
                    .singleElement()
                    .satisfies(outcome -> {
                        assertThat(outcome.pushId()).isEqualTo("push-1");
                        assertThat(outcome.resolvedAfterRestart()).isTrue();
                        assertThat(outcome.results())
                                .singleElement()
                                .satisfies(result -> assertThat(result.moved()).isFalse());
                    });
            assertThat(after.forge().status().repositories()).isEqualTo(1);
        }
    }

    @Test
    void a_directory_that_never_got_a_name_is_removed() throws Exception {
        Path folder = Files.createTempDirectory("forge");
        String nameless;
        try (ForgeFixture before = ForgeFixture.in(folder, List.of()).withRepository("demo/hello")) {
            nameless = before.repositories().create(ObjectFormat.SHA1);
        }
        try (ForgeFixture after = ForgeFixture.in(folder, List.of())) {
            assertThat(after.repositories().exists(nameless)).isFalse();
            assertThat(after.repositories().list()).hasSize(1);
        }
    }

    @Test
    void an_operator_makes_a_name_once() throws Exception {
        try (ForgeFixture fixture = ForgeFixture.start().withRepository("demo/hello")) {
            FailureException refused = catchThrowableOfType(
                    FailureException.class, () -> fixture.forge().createRepository(HELLO, ForgeFixture.operator()));
            assertThat(refused.failure().cause()).isEqualTo(RepositoryCause.REPOSITORY_EXISTS);
            assertThat(fixture.repositories().list()).hasSize(1);
        }
    }

    @Test
    void while_the_journal_refuses_no_repository_is_made() throws Exception {
        try (ForgeFixture fixture = ForgeFixture.start()) {
            fixture.journal.accepting(false);
            FailureException refused = catchThrowableOfType(
                    FailureException.class, () -> fixture.forge().createRepository(HELLO, ForgeFixture.operator()));
            assertThat(refused.failure().cause()).isEqualTo(AuditCause.JOURNAL_UNAVAILABLE);
            assertThat(fixture.repositories().list()).isEmpty();
            assertThat(fixture.forge().status().repositories()).isZero();
        }
    }
}
