package dev.gatehouse.control.access;

import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.identity.PasswordLength;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes and checks password hashes, a bounded number at once: each takes tens of MiB. Threads: any; they block for their turn, and are refused
 * where it does not come.
 */
final class PasswordChecks {
    private final AccessSettings settings;
    private final SecureRandom random;
    private final Semaphore turns;
    /** Compared with where an account has no password, so that the time taken does not tell. */
    private final PasswordHash nobodys;

    PasswordChecks(AccessSettings settings, SecureRandom random) {
        this.settings = settings;
        this.random = random;
        this.turns = new Semaphore(settings.passwordChecksMax(), true);
        this.nobodys = PasswordHash.make(AccessToken.random(random).secret(), settings.passwordHashing(), random);
    }

    PasswordHash make(String password) {
        if (password.length() < PasswordLength.MIN || password.length() > PasswordLength.MAX) {
            throw StartCause.PASSWORD_INVALID
                    .with("detail", "it must have " + PasswordLength.MIN + " to " + PasswordLength.MAX + " characters")
                    .asException();
        }
        return inTurn(() -> PasswordHash.make(password, settings.passwordHashing(), random));
    }

    boolean matches(Optional<PasswordHash> hash, String password) {
        // Longer than any that was ever taken: not worth a hash, and not worth another answer.
        if (password.length() > PasswordLength.MAX) {
            return false;
        }
        boolean matches = inTurn(() -> hash.orElse(nobodys).matches(password));
        return matches && hash.isPresent();
    }

    boolean isOutdated(PasswordHash hash) {
        return !hash.hashing().equals(settings.passwordHashing());
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(settings.passwordCheckWait().toMillis(), TimeUnit.MILLISECONDS)) {
                throw IdentityCause.IDENTITY_CHECK_BUSY.with().asException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw IdentityCause.IDENTITY_CHECK_BUSY.with().asException();
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
