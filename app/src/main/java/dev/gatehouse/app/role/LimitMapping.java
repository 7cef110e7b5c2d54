package dev.gatehouse.app.role;

import dev.gatehouse.app.configuration.Configuration;
import dev.gatehouse.app.configuration.TlsEngineChoice;
import dev.gatehouse.core.git.FetchLimits;
import dev.gatehouse.core.git.PushLimits;
import dev.gatehouse.git.GitLimits;
import dev.gatehouse.proxy.exchange.ProxyLimits;
import dev.gatehouse.proxy.git.GitBodyLimits;
import dev.gatehouse.proxy.git.InflateLimits;
import dev.gatehouse.proxy.tls.TlsEngine;
import dev.gatehouse.spool.SpoolLimits;
import java.time.Duration;

/** The configuration's limits, as each part takes them; what the configuration does not name keeps the part's own default. */
final class LimitMapping {
    private LimitMapping() {}

    /** How much longer the ingress waits than a sidecar: the hop that knows the cause is to answer first. */
    private static final Duration PATIENCE_OF_THE_OUTER_HOP = Duration.ofSeconds(5);

    static ProxyLimits ingress(Configuration.Limits limits) {
        return proxy(limits, PATIENCE_OF_THE_OUTER_HOP);
    }

    static ProxyLimits sidecar(Configuration.Limits limits) {
        return proxy(limits, Duration.ZERO);
    }

    private static ProxyLimits proxy(Configuration.Limits limits, Duration patience) {
        ProxyLimits standard = ProxyLimits.defaults();
        return new ProxyLimits(
                Math.toIntExact(limits.requestHeaderBytes().bytes()),
                standard.requestHeaderCountMax(),
                limits.connections(),
                limits.streams(),
                limits.upstreamConnections(),
                standard.handshakeTimeout(),
                limits.requestHeader(),
                limits.connect(),
                limits.firstByte().plus(patience),
                limits.idle().plus(patience),
                limits.bodyIdle(),
                standard.keepAliveTimeout(),
                standard.upstreamKeepAliveTimeout(),
                limits.connectionAge(),
                standard.drainBytesMax(),
                standard.drainTimeout(),
                limits.pushBytes().bytes(),
                standard.filterTimeout(),
                standard.bodyHighWaterBytes());
    }

    static GitBodyLimits bodies(Configuration.Limits limits) {
        InflateLimits inflate = InflateLimits.DEFAULT;
        return new GitBodyLimits(
                new FetchLimits(
                        limits.fetchWants(),
                        limits.fetchHaves(),
                        limits.fetchRefPrefixes(),
                        limits.fetchArguments(),
                        limits.fetchBodyBytes().bytes()),
                push(limits),
                new InflateLimits(limits.inflatedBytes().bytes(), inflate.ratioMax(), inflate.ratioFreeBytes()));
    }

    private static PushLimits push(Configuration.Limits limits) {
        return new PushLimits(
                limits.pushRefs(),
                limits.pushShallow(),
                limits.pushOptions(),
                limits.pushHeadBytes().bytes());
    }

    static GitLimits git(Configuration.Limits limits) {
        GitLimits standard = GitLimits.defaults();
        return new GitLimits(
                limits.pushBytes().bytes(),
                push(limits),
                limits.pushObjects(),
                limits.objectBytes().bytes(),
                limits.fetchRefPrefixes(),
                standard.unindexedPacks(),
                standard.unindexedQueue(),
                standard.unindexedWait(),
                standard.writerWait(),
                standard.openRepositories(),
                standard.pulse(),
                standard.drainBytes());
    }

    static SpoolLimits spool(Configuration.Audit audit) {
        SpoolLimits standard = SpoolLimits.DEFAULT;
        return new SpoolLimits(
                standard.segmentBytes(),
                audit.unshippedBytes().bytes(),
                audit.shippedBytes().bytes(),
                standard.queueRecordsMax(),
                standard.queueBytesMax(),
                standard.recordBytesMax(),
                standard.flushInterval(),
                standard.probeInterval());
    }

    static TlsEngine engine(TlsEngineChoice choice) {
        return switch (choice) {
            case AUTO -> TlsEngine.AUTOMATIC;
            case BORINGSSL -> TlsEngine.BORINGSSL;
            case JDK -> TlsEngine.JDK;
        };
    }
}
