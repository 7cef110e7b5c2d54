package dev.gatehouse.proxy.identity;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.cause.Severity;
import dev.gatehouse.core.identity.Caller;
import dev.gatehouse.core.identity.Credential;
import dev.gatehouse.core.identity.CredentialIntrospector;
import dev.gatehouse.core.identity.Introspection;
import dev.gatehouse.core.snapshot.Revocations;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in front of control's introspection, so that a request seldom waits for it and a flood of requests never drowns it.
 *
 * <p>Threads: every event loop asks; answers arrive on any thread and are handed back on the executor that each asker named. One lock guards
 * the checks that run or wait; it is never held while calling out. Invariants: at most one check for one credential at a time; at most {@code
 * concurrentChecksMax} checks at control; at most {@code waitingMax} requests waiting, above which a request is refused with {@link
 * IdentityCause#IDENTITY_CHECK_BUSY}. A revocation counts at once, because every answer handed out, a kept one too, is held against those
 * of that moment. Neither the map nor the queue outlives the credential's check with the credential in it: kept answers are keyed by
 * {@link CredentialFingerprint}.
 */
public final class IntrospectionCache {
    private static final Logger LOG = LoggerFactory.getLogger(IntrospectionCache.class);

    private final CredentialIntrospector introspector;
    private final Supplier<Revocations> revocations;
    private final InstantSource clock;
    private final IntrospectionLimits limits;
    private final CredentialFingerprint fingerprint;
    private final RecentlyUsed<ByteBuffer, Kept> answers;

    private final Object lock = new Object();
    private final Map<ByteBuffer, Check> checks = new HashMap<>();
    private final ArrayDeque<Check> queue = new ArrayDeque<>();
    private int running;
    private int waiting;

    /** What is kept of one check, and until when it is believed. */
    private record Kept(Introspection answer, Instant until) {}

    private record Asker(CompletableFuture<Introspection> answer, Executor executor) {}

    private record Check(ByteBuffer key, Credential credential, List<Asker> askers) {}

    /**
     * @param introspector asked where nothing is kept
     * @param revocations of the snapshot of the moment; every answer is held against them
     * @param random draws the key that credentials are hashed under
     */
    public IntrospectionCache(
            CredentialIntrospector introspector,
            Supplier<Revocations> revocations,
            InstantSource clock,
            SecureRandom random,
            IntrospectionLimits limits) {
        this.introspector = introspector;
        this.revocations = revocations;
        this.clock = clock;
        this.limits = limits;
        this.fingerprint = new CredentialFingerprint(random);
        this.answers = new RecentlyUsed<>(limits.entriesMax());
    }

    /**
     * What {@code credential} is worth. Never blocks.
     *
     * @param executor the asker's event loop: where the answer is not at hand already, the result completes there
     * @return never completes exceptionally
     */
    public CompletionStage<Introspection> introspect(Credential credential, Executor executor) {
        ByteBuffer key = fingerprint.of(credential);
        Optional<Introspection> kept = kept(key);
        if (kept.isPresent()) {
            return CompletableFuture.completedFuture(kept.get());
        }
        CompletableFuture<Introspection> answer = new CompletableFuture<>();
        Optional<Check> toStart;
        synchronized (lock) {
            if (waiting >= limits.waitingMax()) {
                return CompletableFuture.completedFuture(
                        new Introspection.Inactive(IdentityCause.IDENTITY_CHECK_BUSY.with()));
            }
            waiting++;
            toStart = enlist(key, credential, new Asker(answer, executor));
        }
        toStart.ifPresent(this::start);
        return answer;
    }

    private Optional<Introspection> kept(ByteBuffer key) {
        Optional<Kept> found = answers.get(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (!clock.instant().isBefore(found.get().until())) {
            answers.remove(key);
            return Optional.empty();
        }
        Introspection now = againstRevocations(found.get().answer());
        if (!now.equals(found.get().answer())) {
            answers.remove(key);
        }
        return Optional.of(now);
    }

    /** Joins the check for {@code key}, or makes one; returns it where it is to start now. */
    private Optional<Check> enlist(ByteBuffer key, Credential credential, Asker asker) {
        Check current = checks.get(key);
        if (current != null) {
            current.askers().add(asker);
            return Optional.empty();
        }
        Check check = new Check(key, credential, new ArrayList<>(List.of(asker)));
        checks.put(key, check);
        if (running < limits.concurrentChecksMax()) {
            running++;
            return Optional.of(check);
        }
        queue.add(check);
        return Optional.empty();
    }

    private void start(Check check) {
        CompletionStage<Introspection> asked;
        try {
            asked = introspector.introspect(check.credential());
        } catch (RuntimeException bug) {
            finish(check, unavailable(bug));
            return;
        }
        asked.whenComplete((answer, bug) -> finish(check, bug == null ? answer : unavailable(bug)));
    }

    private void finish(Check check, Introspection answer) {
        keep(check.key(), answer);
        Introspection now = againstRevocations(answer);
        List<Asker> askers;
        Check next;
        synchronized (lock) {
            checks.remove(check.key());
            askers = List.copyOf(check.askers());
            waiting -= askers.size();
            next = queue.poll();
            if (next == null) {
                running--;
            }
        }
        for (Asker asker : askers) {
            asker.executor().execute(() -> asker.answer().complete(now));
        }
        if (next != null) {
            start(next);
        }
    }

    /** Faults are not kept: the next request asks again, within the bounds of this cache. */
    private void keep(ByteBuffer key, Introspection answer) {
        Instant now = clock.instant();
        switch (answer) {
            case Introspection.Active active -> {
                Instant until = earlier(
                        now.plus(limits.positiveAgeMax()), active.caller().expiresAt());
                if (until.isAfter(now)) {
                    answers.put(key, new Kept(answer, until));
                }
            }
            case Introspection.Inactive inactive -> {
                if (inactive.failure().cause().definition().severity() != Severity.FAULT) {
                    answers.put(key, new Kept(answer, now.plus(limits.negativeAgeMax())));
                }
            }
        }
    }

    private Introspection againstRevocations(Introspection answer) {
        return switch (answer) {
            case Introspection.Inactive inactive -> inactive;
            case Introspection.Active active -> held(active, active.caller());
        };
    }

    private Introspection held(Introspection.Active active, Caller caller) {
        Optional<Failure> revoked = RevokedCallers.refusal(caller, revocations.get());
        return revoked.isPresent() ? new Introspection.Inactive(revoked.get()) : active;
    }

    private static Introspection unavailable(Throwable bug) {
        LOG.error("introspection ended with an exception, which its contract forbids", bug);
        return new Introspection.Inactive(IdentityCause.IDENTITY_CHECK_UNAVAILABLE.with());
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** How many answers are kept, for tests and metrics. */
    int size() {
        return answers.size();
    }
}
