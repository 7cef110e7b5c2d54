package dev.gatehouse.control.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.control.TestClock;
import dev.gatehouse.core.cause.Cause;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.identity.AuthenticationMethod;
import dev.gatehouse.core.identity.Credential;
import dev.gatehouse.core.identity.Introspection;
import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.snapshot.Revocations;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.TemporaryPostgresql;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private static final String PASSWORD = "correct horse battery";

    @Nested
    class OnSqlite extends Contract {
        @TempDir
        private Path folder = Path.of("");

        @Override
        Database newDatabase() {
            return Database.sqlite(folder.resolve("gatehouse.db"));
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OnPostgresql extends Contract {
        private final TemporaryPostgresql server = TemporaryPostgresql.start();

        @Override
        Database newDatabase() {
            return server.newDatabase();
        }

        @AfterAll
        void stop() {
            server.close();
        }
    }

    abstract static class Contract {
        private final TestClock clock = new TestClock();
        private final List<Revocations> published = new ArrayList<>();
        private Optional<Database> database = Optional.empty();

        abstract Database newDatabase();

        private Access open() {
            Database opened = newDatabase();
            database = Optional.of(opened);
            AccessSettings defaults = AccessSettings.defaults("https://git.test/-/sign-in");
            AccessSettings cheap = new AccessSettings(
                    defaults.tokenLifetime(),
                    defaults.tokenLifetimeMax(),
                    defaults.linkLifetime(),
                    defaults.passwordProofLifetime(),
                    new PasswordHashing(64, 1, 1),
                    2,
                    defaults.passwordCheckWait(),
                    3,
                    defaults.failedAttemptPause(),
                    defaults.signIn());
            Access access = Access.open(opened, cheap, clock, new SecureRandom(), published::add);
            access.create(new NewAccount("alice", Set.of("platform"), Optional.of(PASSWORD), false));
            return access;
        }

        @AfterEach
        void close() {
            database.ifPresent(Database::close);
        }

        private static void assertRefused(Introspection introspection, Cause cause) {
            assertThat(introspection)
                    .isInstanceOfSatisfying(
                            Introspection.Inactive.class,
                            inactive -> assertThat(inactive.failure().cause()).isEqualTo(cause));
        }

        private static void assertThrows(Runnable work, Cause cause) {
            assertThatThrownBy(work::run)
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> assertThat(e.failure().cause()).isEqualTo(cause));
        }

        @Test
        void aTokenCountsHoweverItIsSent() {
            Access access = open();
            IssuedToken token = access.issueToken("alice", Optional.empty(), "laptop");
            String secret = token.token().secret();
            for (Credential credential : List.of(
                    new Credential.Bearer(secret),
                    new Credential.Basic("alice", secret),
                    new Credential.Basic("oauth2", secret),
                    new Credential.Basic("", secret),
                    new Credential.Basic(secret, ""),
                    new Credential.Basic(secret, "x-oauth-basic"))) {
                assertThat(access.introspect(credential)).isInstanceOfSatisfying(Introspection.Active.class, active -> {
                    assertThat(active.caller().principal())
                            .isEqualTo(Principal.Person.local("alice", Set.of("platform")));
                    assertThat(active.caller().method()).isEqualTo(AuthenticationMethod.ACCESS_TOKEN);
                    assertThat(active.caller().credentialId()).isEqualTo(token.id());
                    assertThat(active.caller().expiresAt())
                            .isEqualTo(clock.instant().plus(Duration.ofHours(1)));
                });
            }
        }

        @Test
        void whatIsWrongWithACredentialIsSaidExactly() {
            Access access = open();
            IssuedToken token = access.issueToken("alice", Optional.of(Duration.ofMinutes(5)), "");
            IssuedToken revoked = access.issueToken("alice", Optional.empty(), "");
            access.revokeToken(revoked.id());
            String neverIssued = AccessToken.random(new SecureRandom()).secret();

            assertRefused(access.introspect(new Credential.Bearer(neverIssued)), IdentityCause.BAD_CREDENTIAL);
            assertRefused(access.introspect(new Credential.Bearer("gate_mistyped")), IdentityCause.BAD_CREDENTIAL);
            assertRefused(access.introspect(new Credential.Bearer("something else")), IdentityCause.BAD_CREDENTIAL);
            assertRefused(
                    access.introspect(new Credential.Bearer(revoked.token().secret())), IdentityCause.BAD_CREDENTIAL);
            clock.advance(Duration.ofMinutes(5));
            assertThat(access.introspect(new Credential.Bearer(token.token().secret())))
                    .isEqualTo(new Introspection.Inactive(IdentityCause.EXPIRED_TOKEN.with(
                            "token", token.id(),
                            "expired", clock.instant().toString(),
                            "signIn", "https://git.test/-/sign-in")));
        }

        @Test
        void aDisabledAccountsCredentialsStopCountingAndCountAgain() {
            Access access = open();
            Credential token = new Credential.Bearer(
                    access.issueToken("alice", Optional.empty(), "").token().secret());
            Credential password = new Credential.Basic("alice", PASSWORD);
            access.disable("alice");
            assertRefused(access.introspect(token), IdentityCause.ACCOUNT_DISABLED);
            assertRefused(access.introspect(password), IdentityCause.ACCOUNT_DISABLED);
            assertThat(published.getLast().principals()).containsExactly("local|alice");
            assertThrows(() -> access.issueToken("alice", Optional.empty(), ""), IdentityCause.ACCOUNT_DISABLED);
            access.enable("alice");
            assertThat(access.introspect(token)).isInstanceOf(Introspection.Active.class);
            assertThat(published.getLast()).isEqualTo(Revocations.NONE);
        }

        @Test
        void aDeletedAccountsNameIsNeverGivenAgain() {
            Access access = open();
            access.delete("alice");
            assertThat(access.find("alice")).isEmpty();
            assertThrows(
                    () -> access.create(new NewAccount("alice", Set.of(), Optional.empty(), false)),
                    StartCause.ACCOUNT_EXISTS);
            assertThrows(() -> access.enable("alice"), StartCause.NO_SUCH_ACCOUNT);
            assertRefused(access.introspect(new Credential.Basic("alice", PASSWORD)), IdentityCause.BAD_CREDENTIAL);
        }

        @Test
        void aPasswordCountsForItsOwnAccountOnly() {
            Access access = open();
            access.create(new NewAccount("bob", Set.of(), Optional.empty(), false));
            assertThat(access.introspect(new Credential.Basic("alice", PASSWORD)))
                    .isInstanceOfSatisfying(
                            Introspection.Active.class,
                            active -> assertThat(active.caller().method()).isEqualTo(AuthenticationMethod.PASSWORD));
            assertRefused(access.introspect(new Credential.Basic("bob", PASSWORD)), IdentityCause.BAD_CREDENTIAL);
            assertRefused(access.introspect(new Credential.Basic("nobody", PASSWORD)), IdentityCause.BAD_CREDENTIAL);
            assertRefused(access.introspect(new Credential.Basic("alice", "")), IdentityCause.BAD_CREDENTIAL);
            assertRefused(
                    access.introspect(new Credential.Basic("alice", "x".repeat(100_000))),
                    IdentityCause.BAD_CREDENTIAL);
        }

        @Test
        void guessingAPasswordHasToWait() {
            Access access = open();
            Credential wrong = new Credential.Basic("alice", "not the password");
            for (int i = 0; i < 3; i++) {
                assertRefused(access.introspect(wrong), IdentityCause.BAD_CREDENTIAL);
            }
            Credential right = new Credential.Basic("alice", PASSWORD);
            assertRefused(access.introspect(right), IdentityCause.TOO_MANY_ATTEMPTS);
            clock.advance(Duration.ofSeconds(30));
            assertThat(access.introspect(right)).isInstanceOf(Introspection.Active.class);
        }

        @Test
        void aTokensLifetimeHasALimit() {
            Access access = open();
            for (Duration lifetime : List.of(Duration.ZERO, Duration.ofHours(-1), Duration.ofDays(91))) {
                assertThrows(() -> access.issueToken("alice", Optional.of(lifetime), ""), StartCause.LIFETIME_INVALID);
            }
            assertThrows(() -> access.issueToken("nobody", Optional.empty(), ""), StartCause.NO_SUCH_ACCOUNT);
            assertThrows(() -> access.revokeToken("nosuch"), StartCause.NO_SUCH_TOKEN);
        }

        @Test
        void whatIsRevokedIsForgottenOnceItHasExpired() {
            Access access = open();
            IssuedToken token = access.issueToken("alice", Optional.empty(), "");
            access.revokeToken(token.id());
            access.revokeCertificate("AB12");
            assertThat(access.revocations().credentials()).containsExactlyInAnyOrder(token.id(), "ab12");
            clock.advance(Duration.ofHours(2));
            assertThat(access.revocations().credentials()).containsExactly("ab12");
            clock.advance(Duration.ofDays(401));
            assertThat(access.revocations()).isEqualTo(Revocations.NONE);
        }

        @Test
        void theAdministratorsLinkCountsOnce() {
            Access access = open();
            AdministratorLink first = access.createAdministratorLink();
            AdministratorLink second = access.createAdministratorLink();
            assertThat(access.hasAdministrator()).isFalse();
            assertThrows(() -> access.claimAdministrator(first.secret(), "root", PASSWORD), StartCause.LINK_USED);
            assertThrows(() -> access.claimAdministrator("guess", "root", PASSWORD), StartCause.LINK_USED);
            assertThrows(
                    () -> access.claimAdministrator(second.secret(), "root", "short"), StartCause.PASSWORD_INVALID);
            assertThrows(
                    () -> access.claimAdministrator(second.secret(), "alice", PASSWORD), StartCause.ACCOUNT_EXISTS);
            Account root = access.claimAdministrator(second.secret(), "root", PASSWORD);
            assertThat(root.groups()).containsExactly("administrators");
            assertThat(access.hasAdministrator()).isTrue();
            assertThrows(() -> access.claimAdministrator(second.secret(), "root2", PASSWORD), StartCause.LINK_USED);
        }

        @Test
        void theAdministratorsLinkExpires() {
            Access access = open();
            AdministratorLink link = access.createAdministratorLink();
            clock.advance(Duration.ofMinutes(15));
            assertThrows(() -> access.claimAdministrator(link.secret(), "root", PASSWORD), StartCause.LINK_USED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "A", "a b", "-a", "a-", "a--b", "a_b", "a/b", "é", "a|b"})
        void whatIsNoNameIsRefused(String name) {
            Access access = open();
            assertThrows(
                    () -> access.create(new NewAccount(name, Set.of(), Optional.empty(), false)),
                    StartCause.ACCOUNT_NAME_INVALID);
            assertThrows(
                    () -> access.create(new NewAccount("carol", Set.of(name), Optional.empty(), false)),
                    StartCause.GROUP_NAME_INVALID);
        }

        @Test
        void nobodyBecomesAdministratorByAGroupsName() {
            Access access = open();
            assertThrows(
                    () -> access.create(new NewAccount("carol", Set.of("administrators"), Optional.empty(), false)),
                    StartCause.GROUP_NAME_INVALID);
        }
    }
}
