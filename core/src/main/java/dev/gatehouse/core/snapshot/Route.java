package dev.gatehouse.core.snapshot;

import dev.gatehouse.core.identity.SpiffeId;

/**
 * Where requests for a service go.
 *
 * @param service the service's name, such as {@code forge}
 * @param pathPrefix canonical paths that start with this; {@code /} takes all. The longest prefix wins
 * @param host address of the service's sidecar
 * @param port of the service's sidecar
 * @param identity the only SPIFFE ID that may answer there
 */
public record Route(String service, String pathPrefix, String host, int port, SpiffeId identity) {}
