package dev.gatehouse.control.access;

import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.store.Row;
import dev.gatehouse.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Accounts in the database. Each method is a part of a caller's transaction. */
final class AccountStore {
    private static final int ACCOUNTS_MAX = 100_000;

    private AccountStore() {}

    static Account create(Transaction transaction, NewAccount account, Optional<PasswordHash> password, Instant now) {
        if (find(transaction, account.name()).isPresent()) {
            throw StartCause.ACCOUNT_EXISTS.with("account", account.name()).asException();
        }
        transaction.execute(
                "INSERT INTO accounts (name, password_hash, administrator, state, created_at, changed_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                account.name(),
                password.map(PasswordHash::encoded),
                account.administrator(),
                Account.State.ACTIVE.label(),
                now,
                now);
        for (String group : account.groups()) {
            transaction.execute(
                    "INSERT INTO account_groups (account, group_name) VALUES (?, ?)", account.name(), group);
        }
        return require(transaction, account.name());
    }

    static Optional<Account> find(Transaction transaction, String name) {
        return transaction.queryOne(
                "SELECT name, password_hash, administrator, state FROM accounts WHERE name = ?",
                row -> account(transaction, row),
                name);
    }

    /** An account that is there; a deleted one is not. */
    static Account require(Transaction transaction, String name) {
        return find(transaction, name)
                .filter(account -> account.state() != Account.State.DELETED)
                .orElseThrow(
                        () -> StartCause.NO_SUCH_ACCOUNT.with("account", name).asException());
    }

    static Optional<PasswordHash> passwordHash(Transaction transaction, String name) {
        return transaction
                .queryOne(
                        "SELECT password_hash FROM accounts WHERE name = ?",
                        row -> row.optionalText("password_hash"),
                        name)
                .flatMap(hash -> hash)
                .flatMap(PasswordHash::parse);
    }

    static void setPassword(Transaction transaction, String name, PasswordHash password, Instant now) {
        transaction.execute(
                "UPDATE accounts SET password_hash = ?, changed_at = ? WHERE name = ?", password.encoded(), now, name);
    }

    static void setState(Transaction transaction, String name, Account.State state, Instant now) {
        transaction.execute("UPDATE accounts SET state = ?, changed_at = ? WHERE name = ?", state.label(), now, name);
    }

    static void removePassword(Transaction transaction, String name) {
        transaction.execute("UPDATE accounts SET password_hash = NULL WHERE name = ?", name);
    }

    static List<Account> inState(Transaction transaction, Account.State state) {
        return transaction.query(
                "SELECT name, password_hash, administrator, state FROM accounts WHERE state = ? ORDER BY name LIMIT ?",
                row -> account(transaction, row),
                state.label(),
                ACCOUNTS_MAX);
    }

    static boolean hasAdministrator(Transaction transaction) {
        return transaction
                        .queryOne(
                                "SELECT count(*) AS administrators FROM accounts WHERE administrator = 1 AND state = ?",
                                row -> row.number("administrators"),
                                Account.State.ACTIVE.label())
                        .orElse(0L)
                > 0;
    }

    private static Account account(Transaction transaction, Row row) {
        String name = row.text("name");
        Set<String> groups = new TreeSet<>(transaction.query(
                "SELECT group_name FROM account_groups WHERE account = ?", group -> group.text("group_name"), name));
        if (row.flag("administrator")) {
            groups.add(Account.ADMINISTRATORS);
        }
        return new Account(
                name,
                groups,
                Account.State.of(row.text("state")),
                row.optionalText("password_hash").isPresent());
    }
}
