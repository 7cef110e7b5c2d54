/**
 * The product beside what a user would have instead, in one run: the same client, the same upstream, the same certificates' strength, interleaved
 * A B B A. Run by {@code bench/run}; nothing calls it. Must never print a number that was not measured in this run.
 */
@NullMarked
package dev.gatehouse.bench.side;

import org.jspecify.annotations.NullMarked;
