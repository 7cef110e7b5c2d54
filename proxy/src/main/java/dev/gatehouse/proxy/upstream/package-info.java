/**
 * The way to services: connections, their pools, mutual TLS towards sidecars. Called by exchanges through {@code UpstreamConnector}. Must never
 * send a request twice that may have been acted on, nor use a connection whose other end is not who the route says.
 */
@NullMarked
package dev.gatehouse.proxy.upstream;

import org.jspecify.annotations.NullMarked;
