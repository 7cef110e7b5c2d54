package dev.gatehouse.proxy.tls;

import dev.gatehouse.core.snapshot.TrustBundle;
import io.netty.handler.ssl.SslContext;

/**
 * What connections are made with between one change of identity or bundle and the next. Immutable. Its contexts are not shared with any other
 * generation, and neither are session caches or ticket keys.
 *
 * @param number rises by one
 * @param svid the node's identity
 * @param bundle who vouches for the others
 * @param client makes connections to sidecars
 */
public record TlsGeneration(long number, Svid svid, TrustBundle bundle, SslContext client) {}
