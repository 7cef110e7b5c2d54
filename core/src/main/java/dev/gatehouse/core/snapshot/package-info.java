/**
 * The versioned resources that control sends to a node, and the immutable whole that a node works from.
 */
@NullMarked
package dev.gatehouse.core.snapshot;

import org.jspecify.annotations.NullMarked;
