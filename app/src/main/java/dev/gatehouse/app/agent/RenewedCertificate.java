package dev.gatehouse.app.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate that is always a fresh one: a new key and certificate at half the life of the old one, tried again until it comes.
 *
 * <p>Design: one thread (the agent's) renews and tells the listeners; any thread reads. Invariant: {@code current} is whole, key and chain of the
 * same renewal. Where no new one comes the old one stays, and whoever uses it sees its expiry.
 */
public final class RenewedCertificate {
    private static final Logger LOG = LoggerFactory.getLogger(RenewedCertificate.class);
    private static final Duration RETRY_FIRST = Duration.ofMillis(500);
    private static final Duration RETRY_LAST = Duration.ofMinutes(1);
    /** Nodes that started together do not renew together: up to a tenth of the wait is taken off. */
    private static final int JITTER_FRACTION = 10;

    private final String name;
    private final CertificateIssuer issuer;
    private final Keep keep;
    private final ScheduledExecutorService thread;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Backoff backoff;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Certified current;

    /** Where a certificate outlives the process. */
    interface Keep {
        Optional<Certified> load();

        void store(Certified certified);

        /** Nowhere: a new one is asked for at each start. */
        static Keep nowhere() {
            return new Keep() {
                @Override
                public Optional<Certified> load() {
                    return Optional.empty();
                }

                @Override
                public void store(Certified certified) {}
            };
        }
    }

    private RenewedCertificate(
            String name,
            CertificateIssuer first,
            CertificateIssuer issuer,
            Keep keep,
            ScheduledExecutorService thread,
            InstantSource clock,
            RandomGenerator random) {
        this.name = name;
        this.issuer = issuer;
        this.keep = keep;
        this.thread = thread;
        this.clock = clock;
        this.random = random;
        this.backoff = new Backoff(RETRY_FIRST, RETRY_LAST, random);
        this.current = keep.load()
                .filter(kept -> clock.instant().isBefore(kept.notAfter()))
                .orElseGet(() -> request(first));
        schedule(untilRenewal());
    }

    /**
     * The kept one where it still counts, otherwise one that {@code first} issues now; later ones come from {@code issuer}. Blocks.
     *
     * @throws dev.gatehouse.core.cause.FailureException where there is none to begin with
     */
    static RenewedCertificate obtain(
            String name,
            CertificateIssuer first,
            CertificateIssuer issuer,
            Keep keep,
            ScheduledExecutorService thread,
            InstantSource clock,
            RandomGenerator random) {
        return new RenewedCertificate(name, first, issuer, keep, thread, clock, random);
    }

    /** The newest one. A volatile read. */
    public Certified current() {
        return current;
    }

    /** Calls {@code listener} after each renewal, on the agent's thread; it must return soon. Closing the result ends it. */
    public AutoCloseable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private Certified request(CertificateIssuer from) {
        CertificateRequest request = CertificateRequest.create();
        Certified issued = new Certified(request.keys().getPrivate(), from.issue(request.der()));
        keep.store(issued);
        return issued;
    }

    private void renew() {
        try {
            current = request(issuer);
            backoff.reset();
            LOG.info("{} was renewed, good until {}", name, current.notAfter());
            listeners.forEach(Runnable::run);
            schedule(untilRenewal());
        } catch (RuntimeException e) {
            Duration wait = backoff.next();
            LOG.warn("{} could not be renewed, again in {} ms: {}", name, wait.toMillis(), e.getMessage());
            schedule(wait);
        }
    }

    private Duration untilRenewal() {
        Instant now = clock.instant();
        long millis = Math.max(0, Duration.between(now, current.halfLife()).toMillis());
        return Duration.ofMillis(millis - random.nextLong(millis / JITTER_FRACTION + 1));
    }

    private void schedule(Duration wait) {
        if (!thread.isShutdown()) {
            thread.schedule(this::renew, wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
