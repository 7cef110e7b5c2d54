package dev.gatehouse.proxy;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.audit.Role;
import dev.gatehouse.core.snapshot.SnapshotSource;
import dev.gatehouse.proxy.exchange.ProxyLimits;
import dev.gatehouse.proxy.tls.SvidSource;
import dev.gatehouse.proxy.tls.TlsEngine;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a proxy is made of.
 *
 * @param role which part of the product it is, for records of its own connections
 * @param listeners at least one
 * @param snapshots what it works from
 * @param identity its SVID; empty where it neither calls sidecars nor accepts from proxies
 * @param engine which library does TLS
 * @param journal gets a record of every exchange and of every handshake that fails
 * @param limits what bounds it
 * @param clock the time of day
 * @param nanoTime a monotonic clock, such as {@code System::nanoTime}
 * @param randoms one source of trace IDs for each event loop
 */
public record ProxyPlan(
        Role role,
        List<ListenerPlan> listeners,
        SnapshotSource snapshots,
        Optional<SvidSource> identity,
        TlsEngine engine,
        AuditJournal journal,
        ProxyLimits limits,
        InstantSource clock,
        LongSupplier nanoTime,
        Supplier<? extends RandomGenerator> randoms) {
    /** @throws IllegalArgumentException where there is nothing to listen on */
    public ProxyPlan {
        listeners = List.copyOf(listeners);
        if (listeners.isEmpty()) {
            throw new IllegalArgumentException("a proxy needs a listener");
        }
    }
}
