/**
 * The one place that turns a failure into what a client gets, in the channel that this client shows to its user. Called by {@code proxy.exchange}
 * for every failure, whoever found it. Must never send a page or a redirect to Git, nor 401 for what the rules refused.
 */
@NullMarked
package dev.gatehouse.proxy.answer;

import org.jspecify.annotations.NullMarked;
