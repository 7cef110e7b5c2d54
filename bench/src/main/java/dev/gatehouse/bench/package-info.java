/** Benchmarks of single pieces of code, with JMH. Run by {@code bench/run --micro}; nothing calls them. */
@NullMarked
package dev.gatehouse.bench;

import org.jspecify.annotations.NullMarked;
