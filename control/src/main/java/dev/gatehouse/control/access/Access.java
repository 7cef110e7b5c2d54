package dev.gatehouse.control.access;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.core.identity.Credential;
import dev.gatehouse.core.identity.Introspection;
import dev.gatehouse.core.snapshot.Revocations;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.MigrationSet;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Local accounts and access tokens. Threads: any; all methods block on the database. What cannot be done throws {@link FailureException} with a
 * {@code StartCause}. Recording who did it is the caller's.
 */
public final class Access {
    private static final int TOKEN_ID_DIGITS = 10;
    private static final BigInteger TOKEN_IDS = BigInteger.valueOf(62).pow(TOKEN_ID_DIGITS);
    private static final int NOTE_LENGTH_MAX = 200;
    private static final int GROUPS_MAX = 50;
    private static final Pattern SERIAL = Pattern.compile("[0-9a-f]{1,40}");

    /** The longest that an SVID may count is far less. */
    private static final Duration REVOKED_CERTIFICATE_KEPT = Duration.ofDays(400);

    private final Database database;
    private final AccessSettings settings;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Consumer<Revocations> revocationsChanged;
    private final PasswordChecks passwords;
    private final Introspector introspector;

    private Access(
            Database database,
            AccessSettings settings,
            InstantSource clock,
            SecureRandom random,
            Consumer<Revocations> revocationsChanged) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.revocationsChanged = revocationsChanged;
        this.passwords = new PasswordChecks(settings, random);
        this.introspector = new Introspector(database, settings, clock, passwords);
    }

    /**
     * Opens it on {@code database}, and brings its tables up to date.
     *
     * @param revocationsChanged is given all that is revoked, after each change, on the thread of whoever changed it
     */
    public static Access open(
            Database database,
            AccessSettings settings,
            InstantSource clock,
            SecureRandom random,
            Consumer<Revocations> revocationsChanged) {
        database.migrate(MigrationSet.of(Access.class, "access", "V1__accounts_and_tokens.sql"));
        return new Access(database, settings, clock, random, revocationsChanged);
    }

    /** Creates an account. Its name must never have been another's. */
    public Account create(NewAccount account) {
        requireValid(account);
        Optional<PasswordHash> hash = account.password().map(passwords::make);
        return database.write(transaction -> AccountStore.create(transaction, account, hash, clock.instant()));
    }

    /** Creates an account unless there is one of this name already; says whether it did. */
    public boolean createIfMissing(NewAccount account) {
        requireValid(account);
        Optional<PasswordHash> hash = account.password().map(passwords::make);
        return database.write(transaction -> {
            if (AccountStore.find(transaction, account.name()).isPresent()) {
                return false;
            }
            AccountStore.create(transaction, account, hash, clock.instant());
            return true;
        });
    }

    /** The account of this name; empty where there is none or it was deleted. */
    public Optional<Account> find(String name) {
        return database.read(transaction -> AccountStore.find(transaction, name))
                .filter(account -> account.state() != Account.State.DELETED);
    }

    /** Stops an account from signing in, and all its credentials from counting. */
    public void disable(String name) {
        change(name, Account.State.DISABLED);
    }

    /** Lets a disabled account sign in again. */
    public void enable(String name) {
        change(name, Account.State.ACTIVE);
    }

    /** Deletes an account. Its name stays taken for ever, so that no rule and no record comes to mean somebody else. */
    public void delete(String name) {
        change(name, Account.State.DELETED);
    }

    /**
     * A new access token for an account.
     *
     * @param lifetime empty for the default
     * @param note for people, what it is for
     */
    public IssuedToken issueToken(String account, Optional<Duration> lifetime, String note) {
        Duration counted = lifetime.orElse(settings.tokenLifetime());
        if (counted.isNegative() || counted.isZero() || counted.compareTo(settings.tokenLifetimeMax()) > 0) {
            throw StartCause.LIFETIME_INVALID
                    .with(
                            "asked",
                            counted.toString(),
                            "detail",
                            "the most for a token is "
                                    + settings.tokenLifetimeMax().toDays() + " days")
                    .asException();
        }
        String bounded = note.length() <= NOTE_LENGTH_MAX ? note : note.substring(0, NOTE_LENGTH_MAX);
        AccessToken token = AccessToken.random(random);
        String id = Base62.encode(new BigInteger(TOKEN_IDS.bitLength() + 64, random).mod(TOKEN_IDS), TOKEN_ID_DIGITS);
        Instant now = clock.instant();
        Instant expiresAt = now.plus(counted);
        database.write(transaction -> {
            Account known = AccountStore.require(transaction, account);
            if (known.state() != Account.State.ACTIVE) {
                throw dev.gatehouse.core.cause.IdentityCause.ACCOUNT_DISABLED
                        .with("account", account)
                        .asException();
            }
            TokenStore.create(transaction, id, account, token, bounded, now, expiresAt);
            return id;
        });
        return new IssuedToken(token, id, expiresAt);
    }

    /** Revokes a token by its ID. */
    public void revokeToken(String id) {
        publish(database.write(transaction -> {
            TokenStore.revoke(transaction, id, clock.instant());
            return RevocationStore.current(transaction, clock.instant());
        }));
    }

    /**
     * Revokes a certificate by its serial number.
     *
     * @param serial hex, in any case
     */
    public void revokeCertificate(String serial) {
        String canonical = serial.toLowerCase(java.util.Locale.ROOT);
        if (!SERIAL.matcher(canonical).matches()) {
            throw StartCause.NO_SUCH_TOKEN.with("token", serial).asException();
        }
        Instant now = clock.instant();
        publish(database.write(transaction -> {
            RevocationStore.revokeCertificate(transaction, canonical, now, now.plus(REVOKED_CERTIFICATE_KEPT));
            return RevocationStore.current(transaction, now);
        }));
    }

    /** All that is revoked at this moment. */
    public Revocations revocations() {
        return database.read(transaction -> RevocationStore.current(transaction, clock.instant()));
    }

    /** What a credential is worth. Never throws a {@link FailureException}: it is in the answer. */
    public Introspection introspect(Credential credential) {
        return introspector.introspect(credential);
    }

    /** Whether anybody can administer the installation. */
    public boolean hasAdministrator() {
        return database.read(AccountStore::hasAdministrator);
    }

    /** A new link for the first administrator; those made before stop counting. */
    public AdministratorLink createAdministratorLink() {
        Instant now = clock.instant();
        return database.write(
                transaction -> AdministratorLinks.create(transaction, random, now, now.plus(settings.linkLifetime())));
    }

    /** Uses a link up to make an administrator. {@code LINK_USED} where it does not count; it stays usable where the name or password does not do. */
    public Account claimAdministrator(String secret, String accountName, String password) {
        NewAccount account = new NewAccount(accountName, java.util.Set.of(), Optional.of(password), true);
        database.read(transaction -> {
            AdministratorLinks.require(transaction, secret, clock.instant());
            return secret;
        });
        requireValid(account);
        PasswordHash hash = passwords.make(password);
        return database.write(transaction -> {
            AdministratorLinks.use(transaction, secret, clock.instant());
            return AccountStore.create(transaction, account, Optional.of(hash), clock.instant());
        });
    }

    private void change(String name, Account.State state) {
        publish(database.write(transaction -> {
            AccountStore.require(transaction, name);
            AccountStore.setState(transaction, name, state, clock.instant());
            if (state == Account.State.DELETED) {
                AccountStore.removePassword(transaction, name);
            }
            return RevocationStore.current(transaction, clock.instant());
        }));
    }

    private void publish(Revocations revocations) {
        revocationsChanged.accept(revocations);
    }

    private static void requireValid(NewAccount account) {
        AccountName.requireAccount(account.name());
        account.groups().forEach(group -> {
            AccountName.requireGroup(group);
            if (group.equals(Account.ADMINISTRATORS)) {
                throw StartCause.GROUP_NAME_INVALID
                        .with("group", group, "detail", "administrators are made as such, not by a group")
                        .asException();
            }
        });
        if (account.groups().size() > GROUPS_MAX) {
            throw StartCause.GROUP_NAME_INVALID
                    .with("group", account.name(), "detail", "an account may be in " + GROUPS_MAX + " groups")
                    .asException();
        }
    }
}
