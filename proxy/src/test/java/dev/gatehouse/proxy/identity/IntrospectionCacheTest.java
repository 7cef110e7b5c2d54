package dev.gatehouse.proxy.identity;

import static dev.gatehouse.proxy.identity.TestIdentities.ALICE;
import static dev.gatehouse.proxy.identity.TestIdentities.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.identity.AuthenticationMethod;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Credential;
import dev.gatehouse.core.identity.Introspection;
import dev.gatehouse.core.snapshot.Revocations;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class IntrospectionCacheTest {
    private static final Credential TOKEN = new Credential.Basic("alice", "ght_secret");
    private static final Introspection GOOD = new Introspection.Active(ALICE);
    private static final Introspection BAD = new Introspection.Inactive(IdentityCause.BAD_CREDENTIAL.with());
    private static final IntrospectionLimits LIMITS =
            new IntrospectionLimits(Duration.ofSeconds(60), Duration.ofSeconds(3), 4, 2, 5);

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final AtomicReference<Revocations> revocations = new AtomicReference<>(Revocations.NONE);
    private final Map<Credential, CompletableFuture<Introspection>> asked = new LinkedHashMap<>();
    private final List<Runnable> eventLoop = new ArrayList<>();
    private int checks;
    private final IntrospectionCache cache =
            new IntrospectionCache(this::control, revocations::get, now::get, new SecureRandom(), LIMITS);

    private CompletionStage<Introspection> control(Credential credential) {
        checks++;
        CompletableFuture<Introspection> answer = new CompletableFuture<>();
        asked.put(credential, answer);
        return answer;
    }

    @Test
    void asksOnceAndRemembers() {
        assertThat(answered(TOKEN, GOOD)).isEqualTo(GOOD);
        now.set(NOW.plusSeconds(59));
        assertThat(ask(TOKEN)).isCompletedWithValue(GOOD);
        assertThat(checks).isEqualTo(1);
    }

    @Test
    void asksAgainAfterAMinute() {
        answered(TOKEN, GOOD);
        now.set(NOW.plusSeconds(60));
        assertThat(ask(TOKEN)).isNotDone();
        assertThat(checks).isEqualTo(2);
    }

    @Test
    void believesNothingBeyondTheCredentialsOwnExpiry() {
        Caller brief = new Caller(ALICE.principal(), AuthenticationMethod.ACCESS_TOKEN, "tok_1", NOW.plusSeconds(5));
        answered(TOKEN, new Introspection.Active(brief));
        now.set(NOW.plusSeconds(5));
        assertThat(ask(TOKEN)).isNotDone();
    }

    @Test
    void remembersARefusalForAFewSeconds() {
        assertThat(answered(TOKEN, BAD)).isEqualTo(BAD);
        now.set(NOW.plusSeconds(2));
        assertThat(ask(TOKEN)).isCompletedWithValue(BAD);
        now.set(NOW.plusSeconds(3));
        assertThat(ask(TOKEN)).isNotDone();
    }

    @Test
    void doesNotRememberAFault() {
        answered(TOKEN, new Introspection.Inactive(IdentityCause.IDENTITY_CHECK_UNAVAILABLE.with()));
        assertThat(ask(TOKEN)).isNotDone();
    }

    @Test
    void keepsCredentialsApart() {
        answered(new Credential.Basic("ab", "c"), GOOD);
        assertThat(ask(new Credential.Basic("a", "bc"))).isNotDone();
        assertThat(ask(new Credential.Bearer("abc"))).isNotDone();
    }

    @Test
    void letsRequestsForOneCredentialShareACheck() {
        CompletableFuture<Introspection> one = ask(TOKEN);
        CompletableFuture<Introspection> two = ask(TOKEN);
        assertThat(checks).isEqualTo(1);
        complete(TOKEN, GOOD);
        assertThat(one).isCompletedWithValue(GOOD);
        assertThat(two).isCompletedWithValue(GOOD);
    }

    @Test
    void answersOnTheAskersEventLoop() {
        CompletableFuture<Introspection> answer = ask(TOKEN);
        check(TOKEN).complete(GOOD);
        assertThat(answer).isNotDone();
        eventLoop.forEach(Runnable::run);
        assertThat(answer).isCompletedWithValue(GOOD);
    }

    @Test
    void runsAFewChecksAtOnceAndQueuesTheRest() {
        ask(token(1));
        ask(token(2));
        CompletableFuture<Introspection> third = ask(token(3));
        assertThat(checks).isEqualTo(2);
        complete(token(1), GOOD);
        assertThat(checks).isEqualTo(3);
        complete(token(3), GOOD);
        assertThat(third).isCompletedWithValue(GOOD);
        complete(token(2), GOOD);
        ask(token(5));
        ask(token(6));
        ask(token(7));
        assertThat(checks).isEqualTo(5);
    }

    @Test
    void refusesWhereTooManyWait() {
        for (int i = 0; i < 5; i++) {
            ask(token(i));
        }
        assertThat(ask(token(9)))
                .isCompletedWithValue(new Introspection.Inactive(IdentityCause.IDENTITY_CHECK_BUSY.with()));
        complete(token(0), GOOD);
        assertThat(ask(token(9))).isNotDone();
    }

    @Test
    void isBounded() {
        for (int i = 0; i < 20; i++) {
            answered(token(i), GOOD);
        }
        assertThat(cache.size()).isEqualTo(4);
        assertThat(ask(token(19))).isCompletedWithValue(GOOD);
        assertThat(ask(token(1))).isNotDone();
    }

    @Test
    void forgetsARevokedPrincipalAtOnce() {
        answered(TOKEN, GOOD);
        revocations.set(new Revocations(Set.of("local|alice"), Set.of()));
        assertThat(ask(TOKEN))
                .isCompletedWithValue(new Introspection.Inactive(IdentityCause.REVOKED.with("principal", "alice")));
        assertThat(cache.size()).isZero();
    }

    @Test
    void forgetsARevokedCredentialAlsoWhereItsCheckWasUnderWay() {
        CompletableFuture<Introspection> answer = ask(TOKEN);
        revocations.set(new Revocations(Set.of(), Set.of("tok_1")));
        complete(TOKEN, GOOD);
        assertThat(answer)
                .isCompletedWithValue(new Introspection.Inactive(IdentityCause.REVOKED.with("principal", "alice")));
    }

    @Test
    void turnsABrokenContractIntoAFault() {
        CompletableFuture<Introspection> answer = ask(TOKEN);
        check(TOKEN).completeExceptionally(new IllegalStateException("bug"));
        eventLoop.forEach(Runnable::run);
        assertThat(answer)
                .isCompletedWithValue(new Introspection.Inactive(IdentityCause.IDENTITY_CHECK_UNAVAILABLE.with()));
    }

    private Introspection answered(Credential credential, Introspection answer) {
        CompletableFuture<Introspection> waiting = ask(credential);
        complete(credential, answer);
        return waiting.join();
    }

    private CompletableFuture<Introspection> ask(Credential credential) {
        return cache.introspect(credential, eventLoop::add).toCompletableFuture();
    }

    private void complete(Credential credential, Introspection answer) {
        check(credential).complete(answer);
        eventLoop.forEach(Runnable::run);
        eventLoop.clear();
    }

    private CompletableFuture<Introspection> check(Credential credential) {
        return Objects.requireNonNull(asked.get(credential));
    }

    private static Credential token(int number) {
        return new Credential.Bearer("ght_" + number);
    }
}
