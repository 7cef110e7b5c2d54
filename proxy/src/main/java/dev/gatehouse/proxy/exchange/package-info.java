/**
 * One request and its answer: the state machine between the two legs, and the interfaces that filters are built on. Called by listeners (for each
 * request that comes) and by filters. Must never collect a body, block, or let two event loops touch one exchange.
 */
@NullMarked
package dev.gatehouse.proxy.exchange;

import org.jspecify.annotations.NullMarked;
