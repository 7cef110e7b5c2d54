/**
 * HTTP/1.1 on the wire (RFC 9112): strict heads, body framing, and writing heads. Called by listeners for requests and by upstreams for responses.
 * Must never repair what is ambiguous, and never copy a body.
 */
@NullMarked
package dev.gatehouse.proxy.http1;

import org.jspecify.annotations.NullMarked;
