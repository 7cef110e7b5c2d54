/**
 * Which sockets and event loops: epoll where it loads, NIO otherwise. Called by listeners, upstreams and the proxy itself. Must know nothing of
 * HTTP.
 */
@NullMarked
package dev.gatehouse.proxy.transport;

import org.jspecify.annotations.NullMarked;
