/**
 * Who is calling: SPIFFE IDs, trust domains, principals and how they proved themselves. Called by every part. Must never decide
 * what a caller may do: that is {@code policy}.
 */
@NullMarked
package dev.gatehouse.core.identity;

import org.jspecify.annotations.NullMarked;
