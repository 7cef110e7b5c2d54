package dev.gatehouse.app.agent;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A key with its certificate.
 *
 * @param key never shown
 * @param chain the leaf first
 */
public record Certified(PrivateKey key, List<X509Certificate> chain) {
    public Certified {
        chain = List.copyOf(chain);
    }

    /** The certificate itself. */
    public X509Certificate leaf() {
        return chain.getFirst();
    }

    /** When it stops counting. */
    public Instant notAfter() {
        return leaf().getNotAfter().toInstant();
    }

    /** When half of its life is over. */
    Instant halfLife() {
        Instant begin = leaf().getNotBefore().toInstant();
        return begin.plus(Duration.between(begin, notAfter()).dividedBy(2));
    }

    @Override
    public String toString() {
        return "Certified[serial " + leaf().getSerialNumber().toString(16) + ", until " + notAfter() + "]";
    }
}
