/**
 * The whole product, driven as its users drive it: the launcher, the real git, raw TLS for what no well-behaved client sends. What is asserted is
 * what a person reads. Nothing calls it.
 */
@NullMarked
package dev.gatehouse.e2e;

import org.jspecify.annotations.NullMarked;
