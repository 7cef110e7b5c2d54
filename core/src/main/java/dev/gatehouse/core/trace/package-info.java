/**
 * Trace and span identifiers, and the W3C trace context.
 */
@NullMarked
package dev.gatehouse.core.trace;

import org.jspecify.annotations.NullMarked;
