/**
 * Benchmarks of single parts, by JMH. Called by hand. Must never be depended on, and never assert a time.
 */
@NullMarked
package dev.gatehouse.bench;

import org.jspecify.annotations.NullMarked;
