package dev.gatehouse.control.access;

import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Access tokens in the database, by their hashes. Each method is a part of a caller's transaction. */
final class TokenStore {
    /** When a token was used is kept to this, so that use does not mean a write. */
    static final Duration LAST_USED_STEP = Duration.ofMinutes(10);

    private TokenStore() {}

    static void create(
            Transaction transaction,
            String id,
            String account,
            AccessToken token,
            String note,
            Instant now,
            Instant expiresAt) {
        transaction.execute(
                "INSERT INTO access_tokens (id, account, secret_hash, note, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
                id,
                account,
                token.hash(),
                note,
                now,
                expiresAt);
    }

    static Optional<StoredToken> find(Transaction transaction, AccessToken token) {
        return transaction.queryOne(
                "SELECT id, account, expires_at, last_used_at, revoked_at FROM access_tokens WHERE secret_hash = ?",
                row -> new StoredToken(
                        row.text("id"),
                        row.text("account"),
                        row.time("expires_at"),
                        row.optionalTime("last_used_at"),
                        row.optionalTime("revoked_at").isPresent()),
                token.hash());
    }

    static void markUsed(Transaction transaction, String id, Instant now) {
        transaction.execute("UPDATE access_tokens SET last_used_at = ? WHERE id = ?", now, id);
    }

    /** Revokes a token; nothing happens to one that was revoked before. */
    static void revoke(Transaction transaction, String id, Instant now) {
        int known = transaction.execute(
                "UPDATE access_tokens SET revoked_at = COALESCE(revoked_at, ?) WHERE id = ?", now, id);
        if (known == 0) {
            throw StartCause.NO_SUCH_TOKEN.with("token", id).asException();
        }
    }

    /** The IDs of tokens that were revoked, and would still count otherwise. */
    static List<String> revoked(Transaction transaction, Instant now, int limit) {
        return transaction.query(
                "SELECT id FROM access_tokens WHERE revoked_at IS NOT NULL AND expires_at > ?"
                        + " ORDER BY revoked_at DESC LIMIT ?",
                row -> row.text("id"),
                now,
                limit);
    }

    /**
     * A token as it is known.
     *
     * @param id what to revoke it by
     * @param account whose
     * @param expiresAt when it stops counting
     * @param lastUsedAt to about {@link #LAST_USED_STEP}
     * @param revoked whether it was revoked
     */
    record StoredToken(String id, String account, Instant expiresAt, Optional<Instant> lastUsedAt, boolean revoked) {
        boolean isUseWorthNoting(Instant now) {
            return lastUsedAt.isEmpty() || lastUsedAt.get().plus(LAST_USED_STEP).isBefore(now);
        }
    }
}
