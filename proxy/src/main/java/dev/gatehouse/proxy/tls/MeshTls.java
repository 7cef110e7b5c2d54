package dev.gatehouse.proxy.tls;

import dev.gatehouse.core.cause.Failure;
import dev.gatehouse.core.cause.IdentityCause;
import dev.gatehouse.core.identity.SpiffeId;
import dev.gatehouse.core.snapshot.ServicePeers;
import dev.gatehouse.core.snapshot.Snapshot;
import dev.gatehouse.core.snapshot.SnapshotSource;
import dev.gatehouse.core.snapshot.TrustBundle;
import io.netty.handler.ssl.SslContext;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mutual TLS between proxies.
 *
 * <p>Design note. {@link #current} is one volatile reference; {@link #renew} replaces it whole, under this object's lock, on whichever thread reports
 * a change. Readers take it once per connection. Invariant: a connection is made with the contexts of exactly one generation, and no context of a
 * generation is used after the next one was published. Who may call a service is read from the newest snapshot at each handshake, so a change of
 * peers needs no new generation.
 */
public final class MeshTls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MeshTls.class);

    private final Contexts contexts;
    private final SvidSource svids;
    private final SnapshotSource snapshots;
    private final X509SvidValidator validator;
    private final InstantSource clock;
    private final AutoCloseable svidChanges;
    private final AutoCloseable snapshotChanges;
    private volatile Generation current;

    /** One generation with the server contexts made from it so far, by service. */
    private record Generation(TlsGeneration tls, Map<String, SslContext> servers) {}

    /** @param engine which library does TLS */
    public MeshTls(TlsEngine engine, SvidSource svids, SnapshotSource snapshots, InstantSource clock) {
        this.contexts = new Contexts(engine);
        this.svids = svids;
        this.snapshots = snapshots;
        this.validator = new X509SvidValidator(clock);
        this.clock = clock;
        this.current = generation(1, svids.current(), snapshots.current().bundle());
        this.svidChanges = svids.onChange(this::renew);
        this.snapshotChanges = snapshots.onChange(this::renew);
        renew();
    }

    private Generation generation(long number, Svid svid, TrustBundle bundle) {
        SslContext client =
                contexts.meshClient(svid, new SvidTrustManager(validator, () -> bundle, anybody -> Optional.empty()));
        return new Generation(new TlsGeneration(number, svid, bundle, client), new ConcurrentHashMap<>());
    }

    /** Makes a new generation where identity or bundle changed. Keeps the old one, and says so, where none can be made. */
    public synchronized void renew() {
        Svid svid = svids.current();
        TrustBundle bundle = snapshots.current().bundle();
        TlsGeneration old = current.tls();
        if (svid.equals(old.svid()) && bundle.equals(old.bundle())) {
            return;
        }
        try {
            current = generation(old.number() + 1, svid, bundle);
            LOG.info("TLS generation {}: {}", old.number() + 1, svid);
        } catch (IllegalArgumentException unusable) {
            LOG.error("the new identity {} cannot be used; the old one stays in force", svid, unusable);
        }
    }

    /** The newest generation. */
    public TlsGeneration generation() {
        return current.tls();
    }

    /** The newest context for accepting connections to {@code service}: valid SVIDs that the snapshot names as its peers, no others. */
    public SslContext server(String service) {
        Generation generation = current;
        return generation
                .servers()
                .computeIfAbsent(
                        service,
                        name -> contexts.meshServer(
                                generation.tls().svid(),
                                new SvidTrustManager(
                                        validator,
                                        () -> snapshots.current().bundle(),
                                        id -> admission(snapshots.current(), name, id))));
    }

    /** Why {@code peer} may not call {@code service}; empty where it may. */
    public static Optional<Failure> admission(Snapshot snapshot, String service, SpiffeId peer) {
        for (ServicePeers peers : snapshot.peers()) {
            if (peers.service().equals(service) && peers.callers().contains(peer)) {
                return Optional.empty();
            }
        }
        return Optional.of(IdentityCause.PEER_NOT_ALLOWED.with("peer", peer.toString(), "service", service));
    }

    /** Validates with the same clock. */
    public X509SvidValidator validator() {
        return validator;
    }

    /** The clock that validity is judged by. */
    public InstantSource clock() {
        return clock;
    }

    /** Stops listening to changes. */
    @Override
    public void close() {
        Subscription.end(svidChanges);
        Subscription.end(snapshotChanges);
    }
}
