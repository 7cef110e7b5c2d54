/**
 * The catalogue of refusals and failures: stable codes, messages, remedies. Every error that a user can meet is one of these. Must never
 * know how it is delivered: the edges render it.
 */
@NullMarked
package dev.gatehouse.core.cause;

import org.jspecify.annotations.NullMarked;
