/**
 * The server's side: sockets, TLS, HTTP/1.1 and HTTP/2 from clients and from other proxies. Called by the proxy's door. Must never let a request
 * begin that two servers could read in two ways, or one from a peer that may not call.
 */
@NullMarked
package dev.gatehouse.proxy.listener;

import org.jspecify.annotations.NullMarked;
