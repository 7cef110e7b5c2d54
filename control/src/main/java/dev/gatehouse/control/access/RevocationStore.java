package dev.gatehouse.control.access;

import dev.gatehouse.core.identity.Principal;
import dev.gatehouse.core.snapshot.Revocations;
import dev.gatehouse.store.Transaction;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** What of the database no longer counts, as nodes need it. Each method is a part of a caller's transaction. */
final class RevocationStore {
    /** Nodes hold all of it in memory. Beyond this the oldest are left to introspection, which refuses them too. */
    private static final int CREDENTIALS_MAX = 50_000;

    private RevocationStore() {}

    static void revokeCertificate(Transaction transaction, String serial, Instant now, Instant forgetAt) {
        transaction.execute("DELETE FROM revoked_certificates WHERE forget_at <= ?", now);
        transaction.execute(
                "INSERT INTO revoked_certificates (serial, forget_at) VALUES (?, ?) ON CONFLICT (serial) DO NOTHING",
                serial,
                forgetAt);
    }

    static Revocations current(Transaction transaction, Instant now) {
        Set<String> principals = new HashSet<>();
        for (Account.State out : new Account.State[] {Account.State.DISABLED, Account.State.DELETED}) {
            AccountStore.inState(transaction, out)
                    .forEach(account -> principals.add(
                            Principal.Person.local(account.name(), Set.of()).key()));
        }
        Set<String> credentials = new HashSet<>(TokenStore.revoked(transaction, now, CREDENTIALS_MAX));
        credentials.addAll(transaction.query(
                "SELECT serial FROM revoked_certificates WHERE forget_at > ? ORDER BY forget_at DESC LIMIT ?",
                row -> row.text("serial"),
                now,
                CREDENTIALS_MAX));
        return new Revocations(principals, credentials);
    }
}
