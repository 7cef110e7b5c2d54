package dev.gatehouse.control.access;

import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.store.Transaction;
import java.security.SecureRandom;
import java.time.Instant;

/** The first administrator's link in the database. Each method is a part of a caller's transaction. */
final class AdministratorLinks {
    private AdministratorLinks() {}

    /** A new link; those printed before stop counting. */
    static AdministratorLink create(Transaction transaction, SecureRandom random, Instant now, Instant expiresAt) {
        // A link's secret has a token's form: as unguessable, and as easily found by a secret scanner.
        AccessToken secret = AccessToken.random(random);
        transaction.execute("UPDATE administrator_links SET used_at = ? WHERE used_at IS NULL", now);
        transaction.execute(
                "INSERT INTO administrator_links (secret_hash, expires_at) VALUES (?, ?)", secret.hash(), expiresAt);
        return new AdministratorLink(secret.secret(), expiresAt);
    }

    /** Uses a link up: of two who try at once, one is refused. */
    static void use(Transaction transaction, String secret, Instant now) {
        int used = AccessToken.parse(secret)
                .map(token -> transaction.execute(
                        "UPDATE administrator_links SET used_at = ?"
                                + " WHERE secret_hash = ? AND used_at IS NULL AND expires_at > ?",
                        now,
                        token.hash(),
                        now))
                .orElse(0);
        if (used == 0) {
            throw StartCause.LINK_USED.with().asException();
        }
    }

    /** Whether the link counts; asked before the password is hashed, so that guesses cost nothing. */
    static void require(Transaction transaction, String secret, Instant now) {
        boolean counts = AccessToken.parse(secret)
                .flatMap(token -> transaction.queryOne(
                        "SELECT expires_at FROM administrator_links"
                                + " WHERE secret_hash = ? AND used_at IS NULL AND expires_at > ?",
                        row -> row.time("expires_at"),
                        token.hash(),
                        now))
                .isPresent();
        if (!counts) {
            throw StartCause.LINK_USED.with().asException();
        }
    }
}
