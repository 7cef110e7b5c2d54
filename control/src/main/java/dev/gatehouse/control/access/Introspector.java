package dev.gatehouse.control.access;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.identity.AuthenticationMethod;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Credential;
import dev.gatehouse.core.identity.Introspection;
import dev.gatehouse.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what a credential is worth, and if nothing, exactly why. Threads: any; they block. */
final class Introspector {
    /** What Git clients put where a password goes when the user name is the token. */
    private static final Set<String> TOKEN_AS_USER_NAME = Set.of("", "x-oauth-basic");

    private static final Logger log = LoggerFactory.getLogger(Introspector.class);

    private final Database database;
    private final AccessSettings settings;
    private final InstantSource clock;
    private final PasswordChecks passwords;
    private final AttemptLimiter attempts;

    Introspector(Database database, AccessSettings settings, InstantSource clock, PasswordChecks passwords) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.passwords = passwords;
        this.attempts = new AttemptLimiter(settings.failedAttemptsMax(), settings.failedAttemptPause(), clock);
    }

    Introspection introspect(Credential credential) {
        try {
            return new Introspection.Active(
                    switch (credential) {
                        case Credential.Bearer bearer -> byToken(bearer.token());
                        case Credential.Basic basic -> byBasic(basic);
                    });
        } catch (FailureException refused) {
            return new Introspection.Inactive(refused.failure());
        }
    }

    private Caller byBasic(Credential.Basic basic) {
        if (AccessToken.isTokenShaped(basic.secret())) {
            return byToken(basic.secret());
        }
        if (AccessToken.isTokenShaped(basic.username()) && TOKEN_AS_USER_NAME.contains(basic.secret())) {
            return byToken(basic.username());
        }
        return byPassword(basic.username(), basic.secret());
    }

    private Caller byToken(String text) {
        AccessToken token =
                AccessToken.parse(text).orElseThrow(() -> badCredential().asException());
        Instant now = clock.instant();
        Found found = database.read(transaction -> {
            Optional<TokenStore.StoredToken> stored = TokenStore.find(transaction, token);
            return new Found(stored, stored.flatMap(known -> AccountStore.find(transaction, known.account())));
        });
        TokenStore.StoredToken stored = found.token()
                .filter(known -> !known.revoked())
                .orElseThrow(() -> badCredential().asException());
        if (!stored.expiresAt().isAfter(now)) {
            throw IdentityCause.EXPIRED_TOKEN
                    .with(
                            "token", stored.id(),
                            "expired",
                                    stored.expiresAt()
                                            .truncatedTo(ChronoUnit.SECONDS)
                                            .toString(),
                            "signIn", settings.signIn())
                    .asException();
        }
        Account account = requireActive(found.account());
        if (stored.isUseWorthNoting(now)) {
            noteUse(stored.id(), now);
        }
        return new Caller(account.principal(), AuthenticationMethod.ACCESS_TOKEN, stored.id(), stored.expiresAt());
    }

    private Caller byPassword(String name, String password) {
        Optional<Duration> wait = attempts.take(name);
        if (wait.isPresent()) {
            throw IdentityCause.TOO_MANY_ATTEMPTS
                    .with("account", name, "seconds", Long.toString(wait.get().toSeconds() + 1))
                    .asException();
        }
        Optional<PasswordHash> hash = database.read(transaction -> AccountStore.passwordHash(transaction, name));
        if (!passwords.matches(hash, password)) {
            throw badCredential().asException();
        }
        attempts.forget(name);
        Account account = requireActive(database.read(transaction -> AccountStore.find(transaction, name)));
        hash.filter(passwords::isOutdated).ifPresent(outdated -> rehash(name, password));
        return new Caller(
                account.principal(),
                AuthenticationMethod.PASSWORD,
                "password:" + name,
                clock.instant().plus(settings.passwordProofLifetime()));
    }

    private Account requireActive(Optional<Account> found) {
        Account account = found.filter(known -> known.state() != Account.State.DELETED)
                .orElseThrow(() -> badCredential().asException());
        if (account.state() == Account.State.DISABLED) {
            throw IdentityCause.ACCOUNT_DISABLED.with("account", account.name()).asException();
        }
        return account;
    }

    /** For information only: it must not make a good credential bad where the database cannot be written. */
    private void noteUse(String id, Instant now) {
        try {
            database.write(transaction -> {
                TokenStore.markUsed(transaction, id, now);
                return id;
            });
        } catch (FailureException e) {
            log.warn(
                    "the use of token {} could not be noted: {}",
                    id,
                    e.failure().message());
        }
    }

    private void rehash(String name, String password) {
        PasswordHash renewed = passwords.make(password);
        database.write(transaction -> {
            AccountStore.setPassword(transaction, name, renewed, clock.instant());
            return name;
        });
    }

    private Failure badCredential() {
        return IdentityCause.BAD_CREDENTIAL.with("signIn", settings.signIn());
    }

    private record Found(Optional<TokenStore.StoredToken> token, Optional<Account> account) {}
}
