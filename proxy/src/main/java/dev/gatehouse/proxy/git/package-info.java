/**
 * Git traffic as it passes: bodies inflated within bounds, the head of a push held until it is decided, fetch requests checked while they go by,
 * and the last words of an answer that breaks off. Called by {@code proxy.filter}. Must never collect a pack, and never change what a push says.
 */
@NullMarked
package dev.gatehouse.proxy.git;

import org.jspecify.annotations.NullMarked;
