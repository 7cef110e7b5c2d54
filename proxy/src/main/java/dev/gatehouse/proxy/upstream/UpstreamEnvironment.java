package dev.gatehouse.proxy.upstream;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.audit.Role;
import dev.gatehouse.proxy.exchange.ProxyLimits;
import dev.gatehouse.proxy.tls.MeshTls;
import dev.gatehouse.proxy.transport.EventLoops;
import java.util.Optional;

/**
 * What all pools of one proxy share.
 *
 * @param role which part of the product this hop is
 * @param eventLoops which sockets there are
 * @param tls towards sidecars; empty where there is no identity, and then no way to a sidecar
 * @param journal gets a record of every handshake that fails
 * @param limits what bounds it
 */
public record UpstreamEnvironment(
        Role role, EventLoops eventLoops, Optional<MeshTls> tls, AuditJournal journal, ProxyLimits limits) {}
